"""`scripts/mutants [PACKAGE...]`: tries a seeded sample of mutants per package and prints the kill rates."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import msgspec

from scripts.benchmarks.peers import environment
from scripts.benchmarks.table import print_table
from scripts.mutation.packages import Package, packages
from scripts.mutation.trial import Mutant, copy_of, seconds_of, survives, wilson

ROOT = Path(__file__).parents[2]
COSMIC_RAY = "cosmic-ray==8.7.0"


@click.command()
@click.option("--count", default=10, show_default=True, help="Mutants of each package.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same mutants of the same code.")
@click.option("--suite", is_flag=True, help="Hold survivors of a package's own tests against the whole suite.")
@click.argument("names", nargs=-1)
def main(count: int, seed: int, suite: bool, names: tuple[str, ...]) -> None:
    """Try mutants of the packages NAMES (such as companion/api; default: all) and list those that survive."""
    chosen = [package for package in packages(ROOT) if not names or package.name in names]
    if unknown := set(names) - {package.name for package in chosen}:
        raise click.UsageError(f"There is no package {', '.join(sorted(unknown))}.")
    rows = []
    with copy_of(ROOT) as copy:
        for package in chosen:
            mutants = sample(package, count, seed)
            if mutants:
                survivors = try_all(package, mutants, copy, suite=suite)
                rows.append(row(package.name, len(mutants), len(mutants) - len(survivors)))
                click.echo(" ".join(rows[-1][:3]))
    print_table(f"Mutants (seed {seed})", ("package", "mutants", "killed", "rate", "95 %"), rows)


def sample(package: Package, count: int, seed: int) -> list[Mutant]:
    """Return some mutants of a package."""
    here = Path(__file__).parent
    if package.files[0].endswith(".py"):
        program = [environment("cosmic-ray", COSMIC_RAY) / "bin/python", here / "python_mutants.py"]
    else:
        program = [Path("node"), here / "javascript_mutants.mjs"]
    command = [*map(str, program), str(seed), str(count), *package.files]
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return [msgspec.json.decode(line, type=Mutant) for line in printed.splitlines()]


def try_all(package: Package, mutants: list[Mutant], copy: Path, *, suite: bool) -> list[Mutant]:
    """Return the mutants that survive, after printing each as it is found."""
    seconds = seconds_of(package.tests, copy)
    survivors = []
    for mutant in mutants:
        if survives(mutant, package.tests, copy, seconds):
            if suite and not survives(mutant, package.suite, copy, 40 * seconds):
                continue
            survivors.append(mutant)
            click.echo(f"{mutant.file}:{mutant.line}: {mutant.change} survives")
    return survivors


def row(name: str, count: int, killed: int) -> tuple[str, ...]:
    """Return a package's row of the table."""
    low, high = wilson(killed, count)
    return name, str(count), str(killed), f"{100 * killed / count:.0f} %", f"{100 * low:.0f}-{100 * high:.0f}"


if __name__ == "__main__":
    main()
