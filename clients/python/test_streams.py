"""Tests of minimalcluster.py against a master of scripted answers, without a cluster."""

import http.server
import json
import threading
import time
import unittest
import urllib.parse
from typing import Any, Callable, Dict, List

from minimalcluster import MasterNode, MinimalClusterError, Problem, TaskFailed, Unreachable

CUT = object()
END = object()


class ScriptedMaster(http.server.ThreadingHTTPServer):
    """Answers with the outcomes of one job.

    A script is the list of what a followed stream sends: lines, a number of seconds to wait, CUT, which closes the
    connection between two chunks, or END, which ends the stream. There is one script for each stream.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.outcomes: List[Dict[str, Any]] = []  # in the order of completion
        self.scripts: List[List[Any]] = []
        self.states: List[str] = []  # the last one stays
        self.refusals: List[Any] = []
        self.calls: List[str] = []
        self.queries: List[Dict[str, str]] = []  # of the results
        self.posted: List[Any] = []
        self.paths: List[str] = []
        self.lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedMaster

    def log_message(self, *_: Any) -> None:
        pass

    def answer(self, body: Any, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        master = self.server
        master.calls.append("POST " + self.path.split("?")[0].removeprefix("/api/v1"))
        if self.path.startswith("/api/v1/jobs") and not self.path.endswith("/cancel"):
            master.posted.append((self.headers["Content-Type"], body))
            master.paths.append(self.path)
            if master.refusals:
                status, problem = master.refusals.pop(0)
                return self.answer(problem, status)
        self.answer({"id": "j"})

    def do_GET(self) -> None:
        master = self.server
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if not url.path.endswith("/results"):
            master.calls.append("GET job")
            state = master.states.pop(0) if len(master.states) > 1 else master.states[0]
            return self.answer({"id": "j", "state": state})
        with master.lock:
            master.queries.append(query)
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if "follow" in query:
            script = master.scripts.pop(0) if master.scripts else [END]
            for step in script:
                if step is CUT:
                    return
                if step is END:
                    break
                if isinstance(step, float):
                    time.sleep(step)
                else:
                    self.chunk(step if isinstance(step, bytes) else json.dumps(step).encode() + b"\n")
        else:
            for each in self.requested(query):
                self.chunk(json.dumps(each).encode() + b"\n")
        self.wfile.write(b"0\r\n\r\n")

    def chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def requested(self, query: Dict[str, str]) -> List[Dict[str, Any]]:
        wants_cancelled = query.get("state") == "cancelled"
        found = [each for each in self.server.outcomes if (each.get("state") == "cancelled") == wants_cancelled]
        if query.get("order") == "index":
            after = int(query.get("after", -1))
            found = [each for each in sorted(found, key=lambda each: each["index"]) if each["index"] > after]
        else:
            found = found[int(query.get("after", 0)) :]
        return found[: int(query.get("limit", len(found)))]


def value(index: int) -> Dict[str, Any]:
    return {"index": index, "value": 10 * index}


def cancelled(index: int) -> Dict[str, Any]:
    return {"index": index, "argument": index, "state": "cancelled"}


class StreamTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = ScriptedMaster()
        self.server.states = ["SUCCEEDED"]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.master = self.of(5.0)

    def of(self, retry_for: float) -> MasterNode:
        master = MasterNode(self.server.url, "key", timeout=5, retry_for=retry_for)
        master._environment = {"id": "e", "functions": [{"signature": "Main.f(int)"}]}
        master._target = "f"
        return master

    def indexes(self, values: Any) -> List[Any]:
        return [("cancelled", each.index) if isinstance(each, TaskFailed) else each // 10 for each in values]

    def test_execute_does_not_cancel_its_job(self) -> None:
        self.server.outcomes = [value(0), value(1)]
        self.server.scripts = [[value(0), value(1), END]]
        self.master.load_args([5, 6])

        self.assertEqual(self.master.execute(), {5: 0, 6: 10})

        self.assertNotIn("POST /jobs/j/cancel", self.server.calls)

    def test_values_of_floating_point_types_are_floats(self) -> None:
        not_finite = ["NaN", "Infinity", "-Infinity", 0.5, None]
        for returns in ("double", "java.lang.Double", "Double", "float", "Float"):
            self.assertEqual(repr(self.returned(returns, *not_finite)), "[nan, inf, -inf, 0.5, None]")
        arrays = [["NaN"], ["Infinity", 1], [], None]
        for returns in ("double[]", "Float[]", "java.util.List<java.lang.Double>", "List<Double>"):
            self.assertEqual(repr(self.returned(returns, *arrays)), "[[nan], [inf, 1], [], None]")
        for returns in ("double[][]", "List<double[]>"):
            self.assertEqual(repr(self.returned(returns, [["NaN"], None])), "[[[nan], None]]")
        for returns in ("java.lang.String", "Object", "Map<String,Double>", "int[]", "List<String>"):
            self.assertEqual(self.returned(returns, "NaN", ["NaN"]), ["NaN", ["NaN"]])

    def test_overloads_of_one_floating_point_type_are_floats(self) -> None:
        functions = [{"signature": f"Main.f({type})", "returns": type} for type in ("double", "float", "int")]
        self.assertEqual(repr(self.returned_by(functions[:2], "f", "NaN")), "[nan]")
        self.assertEqual(self.returned_by(functions, "f", "NaN"), ["NaN"])
        self.assertEqual(repr(self.returned_by(functions, "f(double)", "NaN")), "[nan]")

    def returned(self, returns: str, *values: Any) -> List[Any]:
        return self.returned_by([{"signature": "Main.f(int)", "returns": returns}], "f", *values)

    def returned_by(self, functions: List[Dict[str, str]], name: str, *values: Any) -> List[Any]:
        self.master._environment = {"id": "e", "functions": functions}
        self.server.outcomes = [{"index": index, "value": value} for index, value in enumerate(values)]
        self.server.scripts = [[*self.server.outcomes, END]]
        return list(self.master.map(name, range(len(values))))

    def test_cancelled_tasks_come_at_their_index(self) -> None:
        self.server.states = ["CANCELLED"]
        self.server.outcomes = [value(1), value(4), *map(cancelled, (0, 2, 3, 5))]
        self.server.scripts = [[value(1), value(4), END]]

        values = self.indexes(self.master.map("f", range(6), errors="return"))

        self.assertEqual(values, [("cancelled", 0), 1, ("cancelled", 2), ("cancelled", 3), 4, ("cancelled", 5)])

    def test_cancelled_tasks_come_last_in_the_order_of_completion(self) -> None:
        self.server.states = ["FAILED"]
        self.server.outcomes = [value(4), value(1), *map(cancelled, (0, 2, 3))]
        self.server.scripts = [[value(4), CUT], [value(1), END]]

        values = self.indexes(self.master.map("f", range(5), ordered=False, errors="return"))

        self.assertEqual(values, [4, 1, ("cancelled", 0), ("cancelled", 2), ("cancelled", 3)])
        self.assertEqual(self.server.queries[1]["after"], "1")

    def test_many_cancelled_tasks_come_in_pages(self) -> None:
        self.server.states = ["CANCELLED"]
        self.server.outcomes = [value(0), *map(cancelled, range(1, 2501))]
        self.server.scripts = [[value(0), END]]

        values = self.indexes(self.master.map("f", range(2501), errors="return"))

        self.assertEqual(values, [0, *(("cancelled", index) for index in range(1, 2501))])
        pages = [query.get("after") for query in self.server.queries if query.get("state")]
        self.assertEqual(pages, [None, "1000", "2000", "2500"])

    def test_execute_pairs_no_value_with_the_argument_of_a_cancelled_task(self) -> None:
        self.server.states = ["CANCELLED"]
        self.server.outcomes = [value(1), cancelled(0)]
        self.server.scripts = [[value(1), END]]
        self.master.load_args([5, 6])

        with self.assertRaises(TaskFailed) as raised:
            self.master.execute()

        self.assertEqual((raised.exception.index, raised.exception.kind), (0, "cancelled"))

    def test_gap_without_a_cancelled_task_is_an_error(self) -> None:
        self.server.scripts = [[value(1), END]]
        with self.assertRaisesRegex(MinimalClusterError, "task 0 of j has no outcome"):
            list(self.master.map("f", range(2)))

    def test_ordered_stream_goes_on_after_the_last_index(self) -> None:
        self.server.states = ["FAILED"]
        self.server.outcomes = [value(3), value(7), value(8), *map(cancelled, (0, 1, 2, 4, 5, 6))]
        self.server.scripts = [[value(3), value(7), CUT], [value(8), END]]

        values = self.indexes(self.master.map("f", range(9), errors="return"))

        self.assertEqual([each for each in values if isinstance(each, int)], [3, 7, 8])
        self.assertEqual(len(values), 9)
        followed = [query for query in self.server.queries if "follow" in query]
        self.assertEqual(followed[1]["after"], "7")

    def test_cut_between_chunks_is_not_the_end(self) -> None:
        self.server.outcomes = [value(0), value(1), value(2)]
        for ordered in (True, False):
            self.server.scripts = [[value(0), CUT], [value(1), b'{"index":2,', CUT], [value(2), END]]
            with self.subTest(ordered=ordered):
                self.assertEqual(list(self.master.map("f", range(3), ordered=ordered)), [0, 10, 20])

    def test_stream_of_a_stopping_master_is_not_the_end(self) -> None:
        self.server.states = ["RUNNING", "SUCCEEDED"]
        self.server.outcomes = [value(0), value(1)]
        self.server.scripts = [[value(0), END], [b"\n", value(1), END]]

        self.assertEqual(list(self.master.map("f", range(2))), [0, 10])
        self.assertEqual(self.server.queries[1]["after"], "0")

    def test_lines_that_the_ended_stream_lacked_are_read(self) -> None:
        self.server.outcomes = [value(1), value(0), value(2)]
        for ordered, expected in ((True, [0, 10, 20]), (False, [10, 0, 20])):
            self.server.scripts = [[self.server.outcomes[1 if ordered else 0], END]]
            with self.subTest(ordered=ordered):
                self.assertEqual(list(self.master.map("f", range(3), ordered=ordered)), expected)

    def test_lines_split_anywhere_are_joined(self) -> None:
        self.server.outcomes = [value(0), value(1)]
        text = b"".join(json.dumps(each).encode() + b"\n" for each in self.server.outcomes)
        self.server.scripts = [[*(text[at : at + 1] for at in range(len(text))), END]]

        self.assertEqual(list(self.master.map("f", range(2))), [0, 10])

    def test_time_for_retries_starts_at_the_first_failure(self) -> None:
        self.server.outcomes = [value(0), value(1)]
        self.server.scripts = [[0.8, value(0), 0.8, CUT], [value(1), END]]

        self.assertEqual(list(self.of(0.5).map("f", range(2))), [0, 10])
        self.assertNotIn("POST /jobs/j/cancel", self.server.calls)

    def test_each_line_gives_new_time_for_retries(self) -> None:
        self.server.outcomes = [value(index) for index in range(10)]
        self.server.scripts = [[0.1, value(index), CUT] for index in range(9)]

        self.assertEqual(len(list(self.of(0.4).map("f", range(10)))), 10)

    def test_retries_of_a_stream_are_bounded(self) -> None:
        self.server.scripts = [[CUT]] * 1000
        start = time.monotonic()

        with self.assertRaises(Unreachable):
            list(self.of(0.5).map("f", range(2)))

        self.assertLess(time.monotonic() - start, 5)

    def test_time_for_retries_of_a_call_starts_at_the_first_failure(self) -> None:
        master = self.of(0.5)
        sent = master._open
        failures = [ConnectionResetError("lost")]

        def slow_once(*args: Any, **named: Any) -> Any:
            if failures:
                time.sleep(0.7)
                raise failures.pop()
            return sent(*args, **named)

        master._open = slow_once  # type: ignore[method-assign]
        self.assertEqual(master._json("GET", "/jobs/j", {})["id"], "j")

    def test_call_in_progress_is_repeated(self) -> None:
        self.server.refusals = [(409, {"state": "IN_PROGRESS"}), (409, {"state": "IN_PROGRESS"})]
        self.server.outcomes = [value(0)]

        self.assertEqual(list(self.master.map("f", [1])), [0])

        self.assertEqual(len(self.server.posted), 3)

    def test_other_conflict_is_not_repeated(self) -> None:
        self.server.refusals = [(409, {"state": "SUCCEEDED"})]
        with self.assertRaises(Problem):
            self.master.map("f", [1])

    def test_shared_value_is_in_the_body(self) -> None:
        shared = "x" * 20_000
        cases: List[Callable[[], Any]] = [lambda: [1, float("nan")], lambda: iter([1, float("nan")])]
        for args in cases:
            self.master.map("f", args(), shared=shared, max_failures=3).close()
            content_type, body = self.server.posted[-1]
            self.assertEqual(content_type, "application/json")
            self.assertEqual(
                json.loads(body),
                {
                    "environmentId": "e",
                    "method": "f",
                    "options": {"shared": shared, "maxFailures": 3},
                    "args": [1, "NaN"],
                },
            )
            self.assertEqual(self.server.paths[-1], "/api/v1/jobs")

    def test_shared_null_is_a_value(self) -> None:
        self.master.map("f", [], shared=None, priority=None).close()

        body = json.loads(self.server.posted[-1][1])
        self.assertEqual((body["options"], body["args"]), ({"shared": None}, []))


if __name__ == "__main__":
    unittest.main()
