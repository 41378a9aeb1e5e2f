"""The embedded servers: killed at any moment, they start again and keep what was committed."""

import os
import shutil
import signal

import pytest

from omnichannel.local import database, postgres, valkey
from omnichannel.local.children import wait_ready
from omnichannel.local.console import Trouble


@pytest.fixture
def server(tmp_path):
    child = postgres.child(tmp_path)
    yield child
    child.stop()


def started(child):
    child.start()
    wait_ready(child, 30)
    return postgres.url(child.data, role=postgres.SUPERUSER, database="postgres")


def test_a_committed_row_survives_a_killed_server(server):
    with database.cursor(started(server)) as work:
        work.execute("CREATE TABLE kept AS SELECT 1 AS n")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    with database.cursor(started(server)) as work:
        work.execute("SELECT n FROM kept")
        assert work.fetchone() == (1,)


def test_a_half_made_cluster_is_made_anew(server):
    (server.data / "postgres").mkdir()
    (server.data / "postgres" / "base").mkdir()
    (server.data / "postgres.new").mkdir()
    started(server)


@pytest.mark.parametrize("content", ["", "nonsense\n", "999999999\n/nowhere\n"])
def test_a_stale_pid_file_does_not_stop_the_start(server, content):
    started(server)
    server.stop()
    (server.data / "postgres" / "postmaster.pid").write_text(content)
    started(server)


def test_the_pid_of_another_program_in_the_file_is_no_server(server):
    started(server)
    server.stop()
    (server.data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    started(server)


def test_a_cluster_of_another_version_is_refused(server):
    started(server)
    server.stop()
    (server.data / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(Trouble) as refusal:
        server.start()
    assert refusal.value.code == "database_version"
    shutil.rmtree(server.data / "postgres")


def test_roles_database_and_marks_are_made_once(server):
    superuser = started(server)
    for _again in range(2):
        database.ensure_database(superuser, name="shop", owner="shop_owner", application="shop_app")
    owner = postgres.url(server.data, role="shop_owner", database="shop")
    assert database.marks(owner) == {}
    database.mark(owner, schema="abc")
    database.mark(owner, demo="done")
    assert database.marks(owner) == {"schema": "abc", "demo": "done"}


def test_valkey_serves_on_its_socket(tmp_path):
    child = valkey.child(tmp_path)
    child.start()
    wait_ready(child, 20)
    child.stop()
    assert not valkey.serves(tmp_path)
