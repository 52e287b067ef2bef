"""The system's keyring: trusted only where it encrypts, and never waited for."""

import threading
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from desktop import keychain

RECORD = Path("essai.jalon")


class Backend(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend, module: str) -> None:
    """Make this the system's keyring, as if it came from that module."""
    monkeypatch.setattr(type(backend), "__module__", module)
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def test_a_system_s_own_keyring_keeps_the_key_until_it_is_told_to_forget_it(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Backend(), "keyring.backends.SecretService")
    assert keychain.find(RECORD) is None
    assert keychain.keep(RECORD, "key")
    assert keychain.find(RECORD) == "key"
    keychain.forget(RECORD)
    assert keychain.find(RECORD) is None


def test_a_keyring_that_writes_plain_text_is_given_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Backend()
    use(monkeypatch, backend, "keyrings.alt.file")
    assert not keychain.keep(RECORD, "key")
    assert backend.kept == {}


def test_a_keyring_that_fails_or_waits_for_somebody_means_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    answered, asked = threading.Event(), threading.Event()

    class Locked(Backend):
        def get_password(self, service: str, username: str) -> str | None:
            raise RuntimeError("locked")

        def set_password(self, service: str, username: str, password: str) -> None:
            asked.wait()
            answered.set()

    use(monkeypatch, Locked(), "keyring.backends.kwallet")
    monkeypatch.setattr(keychain, "SECONDS", 0.05)
    assert keychain.find(RECORD) is None
    assert not keychain.keep(RECORD, "key")
    assert not answered.is_set(), "it went on without the keyring's answer"
    asked.set()
