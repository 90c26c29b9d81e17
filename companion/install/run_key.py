"""The value of the Windows Run key that starts the companion at logon: set, read, removed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import Protocol, cast

KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME = "Mutuals"


class _Registry(Protocol):
    """The part of Python's ``winreg`` that is used; the module is on Windows only."""

    HKEY_CURRENT_USER: int
    REG_SZ: int

    def CreateKey(self, key: int, sub_key: str) -> AbstractContextManager[object]: ...  # noqa: N802 - winreg's names

    def SetValueEx(self, key: object, name: str, reserved: int, kind: int, value: str) -> None: ...  # noqa: N802

    def QueryValueEx(self, key: object, name: str) -> tuple[object, int]: ...  # noqa: N802

    def DeleteValue(self, key: object, name: str) -> None: ...  # noqa: N802


def set_value(command: str) -> None:
    """Make Windows run a command at the user's logon."""
    registry = _registry()
    with registry.CreateKey(registry.HKEY_CURRENT_USER, KEY) as key:
        registry.SetValueEx(key, NAME, 0, registry.REG_SZ, command)


def remove_value() -> None:
    """Undo `set_value`; does nothing if there is no such value."""
    registry = _registry()
    with registry.CreateKey(registry.HKEY_CURRENT_USER, KEY) as key:
        try:
            registry.DeleteValue(key, NAME)
        except FileNotFoundError:
            return


def value() -> str | None:
    """Return the command that Windows runs at logon, or None."""
    registry = _registry()
    with registry.CreateKey(registry.HKEY_CURRENT_USER, KEY) as key:
        try:
            return str(registry.QueryValueEx(key, NAME)[0])
        except FileNotFoundError:
            return None


def _registry() -> _Registry:
    return cast("_Registry", import_module("winreg"))
