"""The made-up county from end to end, and the test the built program makes of itself."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ddj_desktop.cli.console import Console, speaks
from ddj_desktop.workflow.demo_line import SEED, DemoStage, run_demo


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-county"), show_default=True,
    help="Folder to write into.",
)  # fmt: skip
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another number makes another county.")
@speaks
def demo(out: Path, seed: int, as_json: bool) -> None:
    """Make the made-up county and take it down the whole line to its packets. Asks nothing."""
    console = Console(as_json)

    def told(stage: DemoStage) -> None:
        console.say(f"{stage.seconds:6.1f} s  {stage.name}: {stage.what}")

    with console.progress() as progress:
        made = run_demo(out, seed, progress, told)
    console.finish(
        {
            "out": str(out), "county_file": str(made.county_file), "passphrase_file": str(made.passphrase_file),
            "exports": [str(path) for path in made.exports], "packets": [str(path) for path in made.packets],
            "summary": [str(path) for path in made.summary], "stages": [
                {"name": stage.name, "seconds": round(stage.seconds, 2), "what": stage.what} for stage in made.stages
            ],
        },
        "", "Packets:", *(f"  {path}" for path in made.packets), "Partner summary:",
        *(f"  {path}" for path in made.summary), f"County file: {made.county_file}",
        f"Its passphrase is in {made.passphrase_file}. Everyone in it is made up.",
    )  # fmt: skip


@click.command("self-test")
@speaks
def self_test(as_json: bool) -> None:
    """Run the made-up county through the whole line in a temporary folder, without Qt."""
    with TemporaryDirectory() as folder, Console(as_json).progress() as progress:
        made = run_demo(Path(folder) / "self-test", SEED, progress, lambda stage: None)
        seconds = sum(stage.seconds for stage in made.stages)
        packets = len(made.packets)
    Console(as_json).finish(
        {"ok": True, "seconds": round(seconds, 1), "packets": packets},
        f"The whole line works: {packets} files of packets in {seconds:.0f} s.",
    )
