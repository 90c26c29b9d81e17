"""Lets `python -m companion` do what the command `mutuals` does."""

from companion.cli.main import main

if __name__ == "__main__":
    main()
