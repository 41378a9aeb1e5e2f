"""What `make run` refuses, and what it keeps to itself."""

import errno
import json
import os
import socket
import stat
import sys
from pathlib import Path

import pytest

from omnichannel.local import console, python_env, start
from omnichannel.local.console import Trouble
from omnichannel.local.installation import Installation, local_secrets
from omnichannel.local.layout import LONGEST_SOCKET_FOLDER, socket_folder


@pytest.fixture
def installation(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    return Installation(data=tmp_path)


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path):
    first = local_secrets(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert local_secrets(tmp_path) == first
    assert len(first["SECRET_KEY"]) > 40
    assert json.loads(first["FIELD_KEYS"])["local"]


def test_a_half_written_secret_is_not_used(tmp_path):
    (tmp_path / "secrets.new").write_text('{"SECRET_KEY": "ha')
    assert set(local_secrets(tmp_path)) == {"SECRET_KEY", "FIELD_KEYS"}


def test_the_terminal_does_not_leak_into_the_processes(installation, monkeypatch):
    monkeypatch.setenv("AN_UNRELATED_TOKEN", "x")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    environment = installation.environment()
    assert "AN_UNRELATED_TOKEN" not in environment
    assert environment["LOG_LEVEL"] == "DEBUG"
    assert "DATABASE_OWNER_URL" not in environment


def test_the_processes_use_the_application_role(installation):
    assert "user=omnichannel_app" in installation.environment()["DATABASE_URL"]
    assert "user=omnichannel_owner" in installation.owner_url()


def test_servers_named_in_the_environment_are_used_instead(installation, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@db.example/shop")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/0")
    assert installation.servers() == []
    assert [child.name for child in installation.children()] == ["web", "worker", "beat"]
    assert installation.environment()["REDIS_URL"] == "redis://cache.example/0"
    assert installation.owner_url() == "postgresql://u:p@db.example/shop"


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000 "])
def test_a_wrong_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Trouble) as refusal:
        Installation.here()
    assert refusal.value.code == "port_wrong"


def test_a_busy_port_names_the_way_out(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = Installation(data=installation.data, port=other.getsockname()[1])
        with pytest.raises(Trouble, match=f"PORT={taken.port + 1} make run") as refusal:
            start._need_port(taken)
    assert refusal.value.code == "port_busy"


def test_a_full_disk_is_said_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("OMNICHANNEL_NEED_MB", str(10**9))
    with pytest.raises(Trouble) as refusal:
        console.need_space(tmp_path, 1)
    assert refusal.value.code == "disk_full"


def test_a_full_disk_of_a_child_is_one_sentence():
    trouble = console.explain(
        "web_failed", "Starting web", f"Traceback\nOSError: {os.strerror(errno.ENOSPC)}"
    )
    assert trouble.code == "disk_full"
    assert "\n" not in str(trouble)


def test_a_full_disk_of_our_own_is_one_line_and_a_code(capsys):
    def write():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "var/log/web.log")

    assert console.closing(write) == 1
    assert capsys.readouterr().err.startswith("error disk_full: The disk is full (var/log/web.log).")


def test_a_second_command_in_the_same_folder_waits(tmp_path):
    with start.alone(tmp_path / "lock"), pytest.raises(Trouble) as refusal, start.alone(tmp_path / "lock"):
        pass
    assert refusal.value.code == "busy"


def test_a_long_path_gets_a_short_socket_folder(tmp_path):
    deep = tmp_path / ("x" * 120)
    folder = socket_folder(deep)
    assert len(str(folder)) <= LONGEST_SOCKET_FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_the_environment_is_made_again_for_another_lock(tmp_path, monkeypatch):
    stamp, lock = tmp_path / "complete", tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    monkeypatch.setattr(python_env, "STAMP", stamp)
    monkeypatch.setattr(python_env, "LOCK_FILE", lock)
    monkeypatch.setattr(python_env, "VENV_PYTHON", Path(sys.executable))
    assert not python_env.is_ready()
    stamp.write_text(python_env._wanted_stamp() + "\n")
    assert python_env.is_ready()
    lock.write_text("a==2\n")
    assert not python_env.is_ready()
