"""Tests of minimalcluster.py against a running cluster: python3 -m unittest

The variables MINIMALCLUSTER_URL and MINIMALCLUSTER_AUTHKEY name the cluster, else it is that of ./minimalcluster up.
"""

import dataclasses
import math
import os
import socket
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

from minimalcluster import MasterNode, MinimalClusterError, Problem, TaskFailed, Unreachable

CODE = """
long square(long x) { return x * x; }

double hypotenuse(double a, double b) { return Math.hypot(a, b); }

int half(int x) {
    if (x % 2 != 0) {
        throw new IllegalArgumentException("odd");
    }
    return x / 2;
}

int slow(int x) throws InterruptedException {
    Thread.sleep(x == 0 ? 3000 : 10);
    return x;
}

record Circle(String name, double radius) {}

double area(Circle circle) { return Math.round(Math.PI * circle.radius() * circle.radius()); }

String same(Object any) { return any == null ? "nothing" : any.toString(); }

boolean isNan(double x) { return Double.isNaN(x); }

double over(double x) { return x / 0; }

double[] overs(double x) { return new double[] {x, x / 0}; }
"""


class CuttingProxy:
    """Forwards connections to a server, and cuts the first ones after some bytes of their answers."""

    def __init__(self, url: str, cuts: list):
        target = urllib.parse.urlsplit(url)
        self._target = (target.hostname, target.port)
        self._cuts = list(cuts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            limit = self._cuts.pop(0) if self._cuts else math.inf
            server = socket.create_connection(self._target)
            threading.Thread(target=self._forward, args=(client, server, math.inf), daemon=True).start()
            threading.Thread(target=self._forward, args=(server, client, limit), daemon=True).start()

    @staticmethod
    def _forward(source: socket.socket, target: socket.socket, limit: float) -> None:
        try:
            while limit > 0:
                data = source.recv(int(min(limit, 65536)))
                if not data:
                    break
                target.sendall(data)
                limit -= len(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def close(self) -> None:
        self._listener.close()


@dataclasses.dataclass
class Circle:
    name: str
    radius: float


class MasterNodeTest(unittest.TestCase):
    def setUp(self) -> None:
        self.master = MasterNode()
        self.master.load_envir(CODE)

    def proxied(self, *cuts: float) -> MasterNode:
        """A master whose first connections are cut after some bytes."""
        proxy = CuttingProxy(self.master.url, list(cuts))
        self.addCleanup(proxy.close)
        master = MasterNode(proxy.url, self.master._key, timeout=20)
        self.proxy = proxy
        return master

    def test_session_of_the_original_gives_a_dict(self) -> None:
        self.master.register_target_function("square")
        self.master.load_args([1, 2, 3, 3_000_000_001])

        self.assertEqual(self.master.execute(), {1: 1, 2: 4, 3: 9, 3_000_000_001: 9_000_000_006_000_000_001})

    def test_range_and_tuples_are_arguments(self) -> None:
        self.master.register_target_function("square(long)")
        self.master.load_args(range(10, 0, -3))
        self.assertEqual(self.master.execute(), {10: 100, 7: 49, 4: 16, 1: 1})

        self.master.register_target_function("hypotenuse")
        self.master.load_args([(3, 4), [5, 12]])
        self.assertEqual(self.master.execute(), {(3, 4): 5, (5, 12): 13})

    def test_code_comes_from_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "Twice.java"
            file.write_text("public class Twice { public static int twice(int x) { return 2 * x; } }")
            for source in (file, str(file)):
                self.assertEqual(self.master.load_envir(source)["functions"][0]["signature"], "Twice.twice(int)")
        self.master.register_target_function("twice")
        self.master.load_args([4])
        self.assertEqual(self.master.execute(), {4: 8})

    def test_compiler_error_has_the_place(self) -> None:
        with self.assertRaises(Problem) as raised:
            self.master.load_envir("int f(int x) {\n  return y;\n}")

        self.assertEqual(raised.exception.kind, "compilation-failed")
        self.assertEqual(raised.exception.status, 422)
        self.assertIn("Main.java:2: error: cannot find symbol", str(raised.exception))

    def test_unknown_function_names_the_others(self) -> None:
        with self.assertRaisesRegex(MinimalClusterError, r"no function cube; there are: .*square\(long\)"):
            self.master.register_target_function("cube")
        with self.assertRaisesRegex(Problem, r"cube(.|\n)*square\(long\)"):
            self.master.map("cube", [1])

    def test_argument_that_does_not_fit_is_refused(self) -> None:
        with self.assertRaises(Problem) as raised:
            self.master.map("square", [1, "two"])

        self.assertEqual(raised.exception.kind, "invalid-arguments")

    def test_map_is_ordered_and_takes_several_iterables(self) -> None:
        self.assertEqual(list(self.master.map("square", range(1000))), [x * x for x in range(1000)])
        self.assertEqual(list(self.master.map("square", iter([3, 2]))), [9, 4])
        self.assertEqual(list(self.master.map("hypotenuse", [3, 5], [4, 12])), [5, 13])
        self.assertEqual(list(self.master.map("square", [])), [])

    def test_values_arrive_as_they_complete(self) -> None:
        values = self.master.map("slow", range(20), ordered=False, batch_size=1)

        first = next(values)
        rest = list(values)

        self.assertNotEqual(first, 0)
        self.assertEqual(sorted([first, *rest]), list(range(20)))

    def test_values_arrive_while_the_job_runs(self) -> None:
        values = self.master.map("slow", [*range(1, 5), *[0] * 4], batch_size=1)

        self.assertEqual(next(values), 1)
        self.assertEqual(self.master._json("GET", f"/jobs/{values.job_id}", {})["state"], "RUNNING")
        values.close()

    def test_failed_task_raises(self) -> None:
        values = self.master.map("half", [2, 3, 4])
        self.assertEqual(next(values), 1)
        with self.assertRaises(TaskFailed) as raised:
            next(values)

        failed = raised.exception
        self.assertEqual((failed.index, failed.argument, failed.kind, failed.attempts), (1, 3, "exception", 1))
        self.assertEqual((failed.type, failed.message), ("java.lang.IllegalArgumentException", "odd"))
        self.assertIn("Main.half(Main.java:8)", str(failed))
        with self.assertRaises(StopIteration):
            next(values)

        self.master.register_target_function("half")
        self.master.load_args([2, 3])
        with self.assertRaises(TaskFailed):
            self.master.execute()

    def test_failed_task_is_returned(self) -> None:
        values = list(self.master.map("half", [2, 3, 4], errors="return"))

        self.assertEqual((values[0], values[2]), (1, 2))
        self.assertIsInstance(values[1], TaskFailed)

    def test_closed_iterator_cancels_its_job(self) -> None:
        values = self.master.map("slow", [0] * 200)
        values.close()

        self.assertEqual(self.master._json("GET", f"/jobs/{values.job_id}", {"wait": "20s"})["state"], "CANCELLED")
        self.assertEqual(list(values), [])

    def test_options_reach_the_job(self) -> None:
        options = {"labels": {"team": "python"}, "max_failures": "10%", "priority": 7, "copies": False}
        for args in ([1], range(1)):
            values = self.master.map("square", args, retry_on=["a.B", "c.D"], task_timeout_seconds=30, **options)
            with self.subTest(args=args):
                self.assertEqual(
                    self.master._json("GET", f"/jobs/{values.job_id}", {})["options"],
                    {
                        "labels": {"team": "python"},
                        "maxFailures": "10%",
                        "priority": 7,
                        "copies": False,
                        "retryOn": ["a.B", "c.D"],
                        "taskTimeoutSeconds": 30,
                    },
                )
        with self.assertRaisesRegex(Problem, "prioritty"):
            self.master.map("square", [1], prioritty=7)

    def test_values_of_python_become_json(self) -> None:
        self.assertEqual(list(self.master.map("area", [Circle("a", 10.0), {"name": "b", "radius": 1}])), [314, 3])
        self.assertEqual(list(self.master.map("isNan", [1, float("nan"), float("inf")])), [False, True, False])
        self.assertEqual(repr(list(self.master.map("over", [0, 1, -1]))), "[nan, inf, -inf]")
        self.assertEqual(list(self.master.map("overs", [1])), [[1.0, math.inf]])
        self.assertEqual(list(self.master.map("same", [None, True, "ä"])), ["nothing", "true", "ä"])
        with self.assertRaises(TypeError):
            self.master.map("same", [object()])

    def test_value_may_have_many_digits(self) -> None:
        self.master.load_envir(
            "java.math.BigInteger power(int n) { return java.math.BigInteger.TEN.pow(n).add(java.math.BigInteger.TWO); }"
        )
        self.assertEqual([10**5000 + 2], list(self.master.map("power", [5000])))
        self.assertIn("long number", str(TaskFailed(0, 10**5000, {"kind": "exception"})))

    def test_lost_stream_goes_on_where_it_was(self) -> None:
        expected = [x * x for x in range(5000)]
        for ordered in (True, False):
            master = self.proxied(math.inf, math.inf, 2_000, 20_000, 0, 30_000)
            master.load_envir(CODE)

            values = list(master.map("square", range(5000), ordered=ordered))

            with self.subTest(ordered=ordered):
                self.assertEqual(values if ordered else sorted(values), expected)
                self.assertGreaterEqual(self.proxy.connections, 7)

    def test_lost_answer_creates_one_job(self) -> None:
        master = self.proxied(math.inf, 0, 10)
        master.load_envir(CODE)
        label = f"once-{os.getpid()}-{time.time_ns()}"

        self.assertEqual(list(master.map("square", [5], labels={"once": label})), [25])

        jobs = self.master._json("GET", "/jobs", {"label.once": label})["items"]
        self.assertEqual(len(jobs), 1)

    def test_no_answer_is_reported(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        with self.assertRaisesRegex(Unreachable, f"no answer from http://127.0.0.1:{port}"):
            MasterNode(f"http://127.0.0.1:{port}", "key", retry_for=0.3).list_workers()

    def test_wrong_key_is_reported_at_once(self) -> None:
        with self.assertRaises(Problem) as raised:
            MasterNode(self.master.url, "wrong").list_workers()
        self.assertEqual(raised.exception.kind, "unauthenticated")

    def test_workers_are_listed(self) -> None:
        self.assertIn("ACTIVE", [worker["state"] for worker in self.master.list_workers()])

    def test_local_cluster_is_found(self) -> None:
        url, key = self.master.url, self.master._key
        saved = {name: os.environ.pop(name, None) for name in ("MINIMALCLUSTER_URL", "MINIMALCLUSTER_AUTHKEY")}
        self.addCleanup(lambda: os.environ.update({name: value for name, value in saved.items() if value}))
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            data.mkdir()
            with self.assertRaisesRegex(MinimalClusterError, "there is no cluster in"):
                MasterNode(data=folder)
            (data / "master.url").write_text(url + "\n")
            (data / "authkey").write_text(key + "\n")

            self.assertTrue(MasterNode(data=folder).list_workers())
            with self.assertRaisesRegex(MinimalClusterError, "there is no key for http://elsewhere:1"):
                MasterNode("http://elsewhere:1", data=folder)

    def test_calls_in_the_wrong_order_are_refused(self) -> None:
        fresh = MasterNode(self.master.url, self.master._key)
        with self.assertRaisesRegex(MinimalClusterError, "load_envir first"):
            fresh.register_target_function("square")
        with self.assertRaisesRegex(MinimalClusterError, "register_target_function first"):
            fresh.execute()
        self.master.register_target_function("square")
        with self.assertRaisesRegex(MinimalClusterError, "load_args first"):
            self.master.execute()


if __name__ == "__main__":
    unittest.main()
