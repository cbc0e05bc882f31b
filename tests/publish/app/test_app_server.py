"""The dashboard's server, asked by hand: no code, no files, no sources, no other host, no other port."""

import asyncio
import contextlib
import http.client
import json
import re
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from analysis.plotting.style import FILES
from analysis.publish.app.server import CULL, MESSAGES, check_port, configuration, is_loopback
from analysis.publish.app.visitors import UNCONNECTED, Kernels
from analysis.records.errors import AnalysisError

PATIENCE = 60  # seconds
DOTS = ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..\\", "....//")


def ask(port, path, method="GET", **headers):
    """Status and body of one request whose path is sent as it is written."""
    with contextlib.closing(
        http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    ) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def visit(port):
    """The page as a new visitor gets it, and the identifier of his kernel."""
    status, text = ask(port, "/")
    assert status == 200
    return text, json.loads(
        re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', text, re.S)[1]
    )["kernelId"]


@pytest.fixture(scope="module")
def page(board):
    return visit(board)


def test_the_page_holds_no_source_and_asks_no_other_host(page):
    text, _ = page
    assert "Commerce and poverty" in text
    assert "widget-view" in text
    assert not re.search(r"from analysis|import dashboard|dashboard\(\)", text)
    loaded = re.findall(
        r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)\s*=\s*["']([^"']+)""", text
    )
    assert loaded
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


def test_the_terminal_shows_the_address_and_no_warning(start, board, page):
    assert (
        start.logs[board].read_text()
        == f"Ready. The dashboard is at http://127.0.0.1:{board}/ (Ctrl-C ends it).\n"
    )


def test_a_busy_machine_does_not_serve_a_page_without_what_it_shows():
    assert configuration("127.0.0.1", 8866)["VoilaExecutor"]["iopub_timeout"] >= 60, (
        "with 4 seconds, pages came empty while ten kernels started"
    )


def test_every_visitor_has_a_kernel_of_his_own(board, page):
    assert visit(board)[1] != page[1]


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard.ipynb",
        "/server.py",
        "/voila/files/dashboard.ipynb",
        "/voila/files/server.py",
        "/voila/files/templates/error.html",
        "/files/dashboard.ipynb",
        "/voila/tree",
        "/voila/tree/",
        "/voila/render/dashboard.ipynb",
        "/voila/api/contents",
        "/voila/api/contents/dashboard.ipynb",
        "/api/contents",
        "/api/contents/dashboard.ipynb",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/terminals",
        "/api/config/x",
        "/voila/api/themes/x",
        "/voila/execution/1-1-1-1-1",
        "/nbconvert/html/dashboard.ipynb",
        "/lab",
        "/tree",
        "/login",
        "/metrics",
        "/api/me",
        "/edit/x",
    ],
)
def test_nothing_else_is_served(board, path):
    status, text = ask(board, path)
    assert status in (403, 404), path
    assert "analysis" not in text.replace("/analysis", "") or status == 404


def test_odd_addresses_are_not_found_and_leave_no_traceback(board, start):
    before = len(start.logs[board].read_text())
    odd = ["/%00", "/%ff", "/%ff%fe", "/a" * 3000, "//", "/api/kernels/%00", "/%1b%5b31m"]
    for place in ("/voila/templates/", "/voila/static/", "/voila/query/", "/voila/labextensions/"):
        odd += [place + end for end in ("", "%00", "x", "x/static/%00", "x/y/%ff", "%0a/../x")]
    for path in odd:
        assert ask(board, path)[0] in (403, 404, 405), path
    assert "Traceback" not in start.logs[board].read_text()[before:]


def test_what_is_no_message_ends_the_connection_and_leaves_no_traceback(board, page, start):
    _, kernel = page
    before = len(start.logs[board].read_text())
    bad = ["", "x", "[]", "{}", "null", "1", "[" * 100_000, '{"header":{}}', '{"header":[]}']
    bad += ['{"header":null,"channel":"shell"}', '{"channel":"shell","header":"x"}', "\U0001f600"]
    binary = [b"", b"\0", b"\0" * 8, b"\xff" * 50, b"\0\0\0\1" + b"\xff" * 9]

    async def sent(one):
        url = f"ws://127.0.0.1:{board}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        connection = await asyncio.wait_for(websocket_connect(HTTPRequest(url)), PATIENCE)
        await connection.write_message(one, binary=isinstance(one, bytes))
        while await asyncio.wait_for(connection.read_message(), PATIENCE) is not None:
            pass
        connection.close()
        return connection.close_code

    async def all_sent():
        codes = [await sent(one) for one in (*bad, *binary)]
        await asyncio.sleep(0.3)  # so that the sockets are closed too
        return codes

    assert asyncio.run(all_sent()) == [1007] * len([*bad, *binary])
    assert "Traceback" not in start.logs[board].read_text()[before:]
    assert asyncio.run(talk(board, kernel, []))


@pytest.mark.parametrize(
    "path", ["/", "/api/kernels", "/api/sessions", "/api/contents/x.txt", "/voila/api/contents/x"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_or_started(board, path, method):
    status, _ = ask(board, path, method, **{"Content-Length": "0"})
    assert status in (403, 404, 405)


@pytest.mark.parametrize("dots", DOTS)
@pytest.mark.parametrize(
    "place",
    [
        "/voila/static/",
        "/voila/labextensions/",
        "/voila/templates/lab/static/",
        "/voila/templates/",
        "/",
    ],
)
def test_no_path_leads_out_of_the_static_files(board, place, dots):
    for wanted in ("etc/passwd", "proc/self/environ"):
        status, text = ask(board, place + dots * 14 + wanted)
        assert status >= 400
        assert "root:" not in text
        assert "PATH=" not in text


def test_templates_and_notebook_are_no_static_files(board):
    for path in (
        "/voila/static/../index.html.j2",
        "/voila/templates/lab/index.html.j2",
        "/voila/templates/lab/static/../index.html.j2",
        "/voila/static/index.html.j2",
    ):
        assert ask(board, path)[0] >= 400


@pytest.mark.parametrize(
    "query",
    [
        "?template=classic",
        "?template=../../x",
        "?theme=dark",
        "?theme=<script>alert(1)</script>",
        "?voila-template=reveal",
    ],
)
def test_the_address_changes_nothing(board, query):
    status, text = ask(board, "/" + query)
    assert status == 200
    assert "theme-light" in text
    assert "alert(1)" not in text
    assert "reveal.js" not in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
def test_another_name_for_this_machine_is_refused(board, host):
    assert ask(board, "/", Host=host)[0] == 403


# messages


def message(kind, content, channel):
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": uuid.uuid4().hex,
        "version": "5.3",
        "date": "",
    }
    return json.dumps(
        {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": channel,
            "buffers": [],
        }
    )


async def talk(port, kernel, messages, **headers):
    """Send messages, then ask who the kernel is on both channels; everything that it said until it answered."""
    try:
        return await _talk(port, kernel, messages, headers)
    finally:
        await asyncio.sleep(0.3)  # so that the sockets are closed too


async def _talk(port, kernel, messages, headers):
    url = f"ws://127.0.0.1:{port}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
    connection = await asyncio.wait_for(
        websocket_connect(HTTPRequest(url, headers=headers)), PATIENCE
    )
    for one in messages:
        await connection.write_message(one)
    heard, left = [], {"shell", "control"}
    for channel in sorted(left):
        await connection.write_message(message("kernel_info_request", {}, channel))
    while left:
        said = json.loads(await asyncio.wait_for(connection.read_message(), PATIENCE))
        heard.append(said)
        if said["msg_type"] == "kernel_info_reply":
            left.discard(said["channel"])
    connection.close()
    while await connection.read_message() is not None:
        pass
    return heard


@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub"])
def test_no_message_runs_code(board, page, tmp_path, channel):
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w').write('x')"
    asked = [
        (
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": False,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": False,
            },
        ),
        ("execute_request", {"code": "", "silent": True, "user_expressions": {"x": code}}),
        ("complete_request", {"code": "__import__('os').", "cursor_pos": 17}),
        ("inspect_request", {"code": "dashboard", "cursor_pos": 3, "detail_level": 1}),
        ("history_request", {"output": False, "raw": True, "hist_access_type": "tail", "n": 9}),
        (
            "debug_request",
            {"type": "request", "seq": 1, "command": "evaluate", "arguments": {"expression": code}},
        ),
        ("create_subshell_request", {}),
        ("input_reply", {"value": code}),
        ("shutdown_request", {"restart": False}),
    ]
    heard = asyncio.run(
        talk(board, page[1], [message(kind, content, channel) for kind, content in asked])
    )
    time.sleep(0.5)
    kinds = {said["msg_type"] for said in heard}
    assert not mark.exists()
    assert kinds <= {"kernel_info_reply", "status"}, kinds


def test_a_message_that_is_allowed_arrives(board, page):
    """So that the test above cannot pass because nothing arrives at all."""
    heard = asyncio.run(
        talk(
            board,
            page[1],
            [message("comm_info_request", {"target_name": "jupyter.widget"}, "shell")],
        )
    )
    (answer,) = [said for said in heard if said["msg_type"] == "comm_info_reply"]
    assert len(answer["content"]["comms"]) > 10
    assert not any(
        word in kind for kind in MESSAGES for word in ("execute", "debug", "complete", "inspect")
    )


def test_a_hostile_widget_is_no_way_in(board, page, tmp_path):
    state = {
        "_model_module": "os",
        "_model_name": "system",
        "_view_module": "os",
        "_view_name": "system",
        "value": f"touch {tmp_path}/ran",
    }
    opened = message(
        "comm_open",
        {"comm_id": uuid.uuid4().hex, "target_name": "jupyter.widget", "data": {"state": state}},
        "shell",
    )
    module = message(
        "comm_open",
        {"comm_id": uuid.uuid4().hex, "target_name": "x", "target_module": "os", "data": {}},
        "shell",
    )
    heard = asyncio.run(talk(board, page[1], [opened, module]))
    assert "kernel_info_reply" in {said["msg_type"] for said in heard}
    assert not (tmp_path / "ran").exists()
    assert not any(
        "Traceback" in json.dumps(said)
        for said in heard
        if said["msg_type"] in ("display_data", "execute_result", "error")
    )


def test_another_site_cannot_talk_to_a_kernel(board, page):
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(talk(board, page[1], [], Origin="http://evil.example"))
    assert refused.value.code == 403


def test_a_kernel_that_is_not_known_cannot_be_talked_to(board):
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(talk(board, uuid.uuid4(), []))
    assert refused.value.code == 404


# the command


def command(*words):
    return subprocess.run(
        [sys.executable, "-m", "analysis", "app", *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_port_in_use_is_said_in_one_sentence(board):
    done = command("--port", str(board))
    assert done.returncode == 2
    assert (
        done.stderr == f"error: port {board} of 127.0.0.1 is in use; choose another with --port\n"
    )


def test_a_port_that_is_none_is_refused():
    with pytest.raises(AnalysisError, match="70000 is no port; allowed are 1 to 65535"):
        check_port("127.0.0.1", 70000)


def test_other_addresses_come_with_a_warning(board):
    done = command("--host", "0.0.0.0", "--port", str(board))
    assert done.stderr.startswith(
        "warning: everybody who reaches 0.0.0.0 can use the dashboard; it asks for no password\n"
    )


def test_it_binds_to_this_machine_only(board):
    assert configuration("127.0.0.1", 1).Voila.ip == "127.0.0.1"
    assert is_loopback("127.0.0.1")
    assert not is_loopback("0.0.0.0")
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("only Linux lists what is bound")
    bound = [
        row.split()[1] for row in listening.read_text().splitlines()[1:] if row.split()[3] == "0A"
    ]
    assert [
        address.split(":")[0] for address in bound if int(address.split(":")[1], 16) == board
    ] == ["0100007F"]


@pytest.mark.full
def test_idle_kernels_end(start):
    port = start("-m", "analysis", "app", "--port", "{port}", "--idle", "0.02")
    _, kernel = visit(port)
    assert gone(port, kernel), "the kernel of a visitor who is gone still runs"


def gone(port, kernel):
    """Whether a kernel ends within a minute."""
    for _ in range(PATIENCE):
        if ask(port, f"/api/kernels/{kernel}")[0] == 404:
            return True
        time.sleep(1)
    return False


def test_a_kernel_that_no_page_is_connected_to_ends_within_a_minute():
    """By a clock that is moved: connected and busy ones stay."""

    async def left(connections, state, later):
        kernels = Kernels(cull_idle_timeout=1800)
        kernel = SimpleNamespace(
            execution_state=state,
            last_activity=datetime.now(UTC),
            kernel_name="x",
            kernel_spec=SimpleNamespace(metadata={}),
        )
        kernels._kernels["x"], kernels._kernel_connections["x"] = kernel, connections
        ended = []

        async def shutdown_kernel(kernel_id):
            ended.append(kernel_id)

        kernels.shutdown_kernel = shutdown_kernel
        await kernels.cull_kernel_if_idle("x")
        assert not ended
        kernel.__dict__["alone_since"] -= later
        await kernels.cull_kernel_if_idle("x")
        return not ended

    assert UNCONNECTED + CULL <= 60
    assert not asyncio.run(left(0, "idle", UNCONNECTED))
    assert asyncio.run(left(0, "idle", UNCONNECTED - 1))
    assert asyncio.run(left(1, "idle", UNCONNECTED))
    assert asyncio.run(left(0, "busy", UNCONNECTED))


# other sites, and too many visitors

ELSEWHERE = ("cross-site", "same-site", "x")


def test_a_page_of_another_site_starts_no_kernel(board, start):
    for site in ELSEWHERE:
        before = len(start.kernels(board))
        for more in ({}, {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}):
            status, text = ask(board, "/", **{"Sec-Fetch-Site": site}, **more)
            assert status == 403
            assert 'lang="zh-CN"' in text
            assert '<a href="/">' in text
            assert "kernelId" not in text
        assert len(start.kernels(board)) <= max(before, 1)


def test_the_way_on_from_another_site_leads_to_the_state_of_its_link(board):
    status, text = ask(board, '/?show=deflators&x="><script>', **{"Sec-Fetch-Site": "cross-site"})
    assert status == 403
    assert '<a href="/?show=deflators&amp;x=' in text
    assert "<script>" not in text


def test_the_chinese_font_comes_with_the_page(board, page):
    assert "/voila/font/chinese.css" in page[0]
    _, rules = ask(board, "/voila/font/chinese.css")
    named = set(re.findall(r'url\("([^"]+)"\)', rules))
    assert {Path(one).stem for one in named} == {one.stem for one in FILES.values()}
    for name in named:
        assert ask(board, f"/voila/font/{name}")[0] == 200
    assert ask(board, "/voila/font/x.woff")[0] == 404


def test_only_a_page_of_this_server_ends_its_kernel(board):
    _, kernel = visit(board)
    place, nothing = f"/voila/api/shutdown/{kernel}", {"Content-Length": "0"}
    here = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://127.0.0.1:{board}"}
    for site in ELSEWHERE:
        assert ask(board, place, "POST", **nothing, **{"Sec-Fetch-Site": site})[0] == 403
    for origin in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert ask(board, place, "POST", **nothing, **origin)[0] in (403, 404)
    assert ask(board, f"/api/kernels/{kernel}")[0] == 200
    for unknown in (uuid.uuid4(), "x", ""):
        status, _ = ask(board, f"/voila/api/shutdown/{unknown}", "POST", **nothing, **here)
        assert status == 204, "there is nothing to end"
    assert ask(board, place, "POST", **nothing, **here)[0] == 204
    assert ask(board, f"/api/kernels/{kernel}")[0] == 404


@pytest.mark.full
def test_one_visitor_too_many_is_asked_to_come_again(start):
    port = start("-m", "analysis", "app", "--port", "{port}", "--visitors", "1")
    _, kernel = visit(port)
    seen = {ask(port, "/")[0] for _ in range(3)}
    status, text = ask(port, "/")
    assert (status, seen <= {200, 503}) == (503, True)
    assert "Please try again in a minute" in text
    assert "请过一分钟再试" in text
    here = {"Content-Length": "0", "Sec-Fetch-Site": "same-origin"}
    assert ask(port, f"/voila/api/shutdown/{kernel}", "POST", **here)[0] == 204
    assert ask(port, "/")[0] == 200
    assert len(start.kernels(port)) <= 3
