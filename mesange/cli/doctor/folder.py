"""The data folder: who serves it, whether it has room, who can read it."""

import shutil
from pathlib import Path

from mesange.cli.doctor.finding import Finding

LITTLE_SPACE = 500_000_000
FOR_ANYONE = 0o077
MOST_FILES = 100_000
PUBLIC = ("media",)
"""Folders whose files are shown to anyone anyway: only the folder itself is closed."""


def look_at_folder(folder: Path, *, repair: bool) -> list[Finding]:
    from mesange.kit.lock import serving_process

    pid = serving_process(folder)
    findings = [Finding(f"server: {f'running as process {pid}' if pid is not None else 'not running'}")]
    if not folder.exists():
        return [*findings, Finding(f"data folder {folder}", "It does not exist yet: `mesange serve` makes it.")]
    free = shutil.disk_usage(folder).free
    remedy = "Free some space: without it nothing can be posted." if free < LITTLE_SPACE else ""
    findings.append(Finding(f"free space in {folder}: {free // 1_000_000} MB", remedy))
    opened = [path for path in _private(folder) if path.stat().st_mode & FOR_ANYONE]
    if repair:
        for path in opened:
            path.chmod(0o700 if path.is_dir() else 0o600)
        opened = []
    named = ", ".join(path.name for path in opened[:3])
    remedy = f"Others can read {named}: `mesange doctor --repair` closes them." if opened else ""
    return [*findings, Finding(f"rights of folders (0700) and files (0600): {len(opened)} open", remedy)]


def _private(folder: Path) -> list[Path]:
    """The data folder, and what is in it that nobody else has to read."""
    found = [folder]
    for path in sorted(folder.iterdir()):
        found.append(path)
        if path.is_dir() and path.name not in PUBLIC:
            found += sorted(path.rglob("*"))[:MOST_FILES]
    return [path for path in found if not path.is_symlink()]
