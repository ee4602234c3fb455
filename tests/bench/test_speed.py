"""The speed benchmark runs: every system answers, and the report holds its figures."""

from __future__ import annotations

import os
import re
import sys

import pytest

from bench import http, speed
from bench.corpora import corpus, read_tokens, write_tokens
from bench.data import DataMissingError
from bench.measure import least
from bench.queries import Kind, draw
from bench.systems import get_system, system_names

WRK = """Running 2s test @ http://127.0.0.1:8000
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    22.50ms   11.60ms 118.29ms   85.41%
    Req/Sec   365.20     55.20   464.00     70.00%
  Latency Distribution
     50%  950.00us
     75%   26.13ms
     90%   36.78ms
     99%    1.50s
  1462 requests in 2.01s, 9.62MB read
  Socket errors: connect 0, read 2, write 0, timeout 1
  Non-2xx or 3xx responses: 4
Requests/sec:    728.34
Transfer/sec:      4.79MB
"""


@pytest.fixture(scope="module")
def tokens(tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / "tokens"
    size = write_tokens(corpus("seeds").documents(), path)
    return path, size


def test_a_small_run_reports_every_system(tmp_path, monkeypatch, capsys):
    report = tmp_path / "performance.md"
    # One turn is enough for a report; the runs below have several.
    monkeypatch.setattr(speed, "ROUNDS", 1)

    status = speed.main(["--only", "seeds", "--queries", "2", "--no-http", "--output", str(report)])

    assert status == 0
    text = report.read_text("utf-8")
    assert text in capsys.readouterr().out
    for name in system_names():
        system = get_system(name)
        assert f"| {system.title} | {system.missing()}" in text
    assert "`reindex`, whoosh, 2 jobs" in text


def test_a_run_that_was_interrupted_goes_on_with_what_it_has(tmp_path, capsys):
    asked = ["--only", "seeds", "--engines", "sqlite-fts5", "--queries", "2", "--no-http"]
    asked += ["--results", str(tmp_path / "results")]
    speed.main(asked)
    first = capsys.readouterr()

    assert speed.main(asked) == 0

    second = capsys.readouterr()
    assert second.out == first.out
    assert "indexing" in first.err
    assert "indexing" not in second.err


def test_a_measurement_that_fails_leaves_the_others(tmp_path, monkeypatch, capsys):
    # A folder that Python finds a library in first, and that is none.
    (tmp_path / "psycopg.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setenv("TELUSUR_BENCH_PG", "nowhere")
    monkeypatch.delitem(sys.modules, "bench.systems.postgresql", raising=False)

    asked = ["--only", "seeds", "--engines", "postgresql", "sqlite-fts5", "--queries", "2", "--no-http"]
    status = speed.main(asked)

    monkeypatch.delitem(sys.modules, "bench.systems.postgresql")
    report = capsys.readouterr().out
    assert status == 1
    assert "| PostgreSQL, GIN | failed |" in report
    assert re.search(r"\| SQLite FTS5 \| [\d,]+ \|", report)


def test_an_archive_that_is_not_there_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TELUSUR_DATA", str(tmp_path))

    assert speed.main(["--only", "news"]) == 1
    assert str(tmp_path / "news.jsonl.gz") in capsys.readouterr().err
    with pytest.raises(DataMissingError, match="seeds, news or a number"):
        corpus("berita")


def test_queries_are_the_same_in_every_run_and_of_every_kind(tokens):
    first, second = (draw(read_tokens(tokens[0]), 6) for _ in range(2))

    assert first == second
    assert {kind: len(found) for kind, found in first.items()} == dict.fromkeys(Kind, 6)
    assert all(asked.source for asked in first[Kind.FILTERED])


def test_of_several_turns_the_lowest_figure_counts():
    one = {"open_ms": 2.0, "warm": {"keyword": [1.0, 5.0, 9.0], "phrase": [2.0, 2.0, 2.0]}}
    other = {"open_ms": 3.0, "warm": {"keyword": [2.0, 4.0, 8.0], "phrase": [1.0, 3.0, 2.0]}}
    assert least(one, other) == {
        "open_ms": 2.0,
        "warm": {"keyword": [1.0, 4.0, 8.0], "phrase": [1.0, 2.0, 2.0]},
    }


def test_what_wrk_prints_is_read():
    load = http.parse(WRK)

    assert load == pytest.approx(http.Load(1462, 728.34, 0.95, 1500.0, 7))
    with pytest.raises(ValueError, match="wrk printed no"):
        http.parse("unable to connect")
