"""Run the commands as `python -m talkbook`."""

from talkbook.cli.main import main

main(prog_name="talkbook")
