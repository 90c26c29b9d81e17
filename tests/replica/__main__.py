"""Serves the replica until Ctrl-C: ``python -m tests.replica --port 0``; prints how to open a browser on it."""

from __future__ import annotations

import threading

import click

from tests.replica.server import Replica
from tests.replica.world import World


@click.command()
@click.option("--port", default=0, help="Port on 127.0.0.1; 0 chooses a free one.")
@click.option("--crowd", default=400, help="How many people to invent besides the featured ones.")
@click.option("--posts", default=1200, help="How many posts the home timeline has.")
@click.option("--clock", type=int, default=None, help="Epoch second that counts as now.")
def main(port: int, crowd: int, posts: int, clock: int | None) -> None:
    """Serve the stand-in for x.com."""
    with Replica(World(clock, crowd, posts), port) as replica:
        click.echo(f"The replica answers on port {replica.port}. Open it with:")
        click.echo(
            f'  chromium --user-data-dir=$(mktemp -d) --host-resolver-rules="MAP x.com 127.0.0.1:{replica.port}, '
            f'MAP *.twimg.com 127.0.0.1:{replica.port}" --ignore-certificate-errors-spki-list={replica.spki} '
            "https://x.com/wrenwrites"
        )
        threading.Event().wait()


if __name__ == "__main__":
    main()
