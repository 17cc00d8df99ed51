"""Client of minimalcluster: maps a Java function over arguments on a cluster.

One file, without dependencies, for Python 3.9 or later::

    from minimalcluster import MasterNode

    master = MasterNode()                       # the cluster of `./minimalcluster up`, or MasterNode(url, key)
    master.load_envir("long square(long x) { return x * x; }")
    master.register_target_function("square")
    master.load_args([1, 2, 3])
    master.execute()                            # {1: 1, 2: 4, 3: 9}

    for value in master.map("square", range(1_000_000)):
        ...                                     # values as they come, in the order of the arguments

Arguments and values are JSON: numbers, strings, booleans, lists, dicts and None. A tuple is the argument list of a
function with several parameters. Calls are repeated after a lost connection, and create nothing twice.
"""

from __future__ import annotations

import dataclasses
import decimal
import enum
import http.client
import ipaddress
import json
import math
import os
import random
import re
import ssl
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import deque
from pathlib import Path
from typing import IO, Any, Deque, Dict, Iterable, Iterator, List, Optional, Union

__all__ = ["MasterNode", "MinimalClusterError", "Problem", "TaskFailed", "Unreachable"]

Json = Any

_REPEATABLE = {408, 429, 502, 503, 504}
_IN_MEMORY = 8 * 1024 * 1024
_ENDED = {"SUCCEEDED", "FAILED", "CANCELLED"}
_PIECE = 64 * 1024
_MAX_LINE = 1024 * 1024 * 1024
_RECONNECT_PAUSE = 0.2
# result types whose values are floats, or arrays or lists of them
_FLOATS = re.compile(r"((java\.util\.)?(List|Collection)<)*(java\.lang\.)?(double|Double|float|Float)(>|\[\])*")
_NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class MinimalClusterError(Exception):
    """The base of all errors of this module."""


class Unreachable(MinimalClusterError, ConnectionError):
    """The master did not answer within the time for retries."""


class Problem(MinimalClusterError):
    """The master refused a call.

    Attributes:
        status: the HTTP status
        kind: the kind of the problem, such as ``compilation-failed``
        members: all members of the problem, such as ``diagnostics``
    """

    def __init__(self, status: int, members: Dict[str, Json]):
        self.status = status
        self.members = members
        self.kind = str(members.get("type", "")).rsplit("/", 1)[-1]
        text = str(members.get("detail") or members.get("title") or f"the master answered with {status}")
        for each in members.get("diagnostics") or []:
            text += f"\n{each.get('source')}:{each.get('line')}: {each.get('severity')}: {each.get('message')}"
            if each.get("snippet"):
                text += "\n    " + str(each["snippet"]).strip()
        if members.get("candidates"):
            text += "\nthere are: " + ", ".join(members["candidates"])
        super().__init__(text)


class TaskFailed(MinimalClusterError):
    """A task failed.

    Attributes:
        index: the index of its argument
        argument: the argument
        kind: ``exception``, ``timeout``, ``crash``, ``out-of-memory`` and others; ``cancelled`` for a cancelled task
        type: the class of the exception; None for other kinds
        message: the message; None for none
        stack_trace: stack frames of the Java code
        attempts: the number of attempts
    """

    def __init__(self, index: int, argument: Json, error: Dict[str, Json]):
        self.index = index
        self.argument = argument
        self.kind: str = error.get("kind", "cancelled")
        self.type: Optional[str] = error.get("type")
        self.message: Optional[str] = error.get("message")
        self.stack_trace: List[str] = error.get("stackTrace") or []
        self.attempts: int = error.get("attempts", 0)
        what = ": ".join(part for part in (self.type or self.kind, self.message) if part)
        frames = "".join(f"\n    at {frame}" for frame in self.stack_trace)
        super().__init__(f"task {index} (argument {_shown(argument)}): {what}{frames}")


class MasterNode:
    """A master, with the calls of the Python package minimalcluster.

    Args:
        url: the address, such as ``http://127.0.0.1:8080``. By default the variable ``MINIMALCLUSTER_URL``, else the
            cluster that ``./minimalcluster up`` started.
        key: the key. By default the variable ``MINIMALCLUSTER_AUTHKEY``, else the key of the local cluster.
        data: the folder of the local cluster, ``~/.minimalcluster`` by default
        ca_file: certificates of authorities in PEM format, for ``https``; those of the system by default
        timeout: seconds until a silent connection counts as lost
        retry_for: seconds for which a call is repeated while the master can not be reached
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        data: Union[str, Path, None] = None,
        ca_file: Optional[str] = None,
        timeout: float = 60.0,
        retry_for: float = 60.0,
    ):
        folder = Path(data) if data else Path.home() / ".minimalcluster"
        local_url = _read(folder, "master.url")
        found_url = url or os.environ.get("MINIMALCLUSTER_URL") or local_url
        if not found_url:
            raise MinimalClusterError(
                f"there is no cluster in {folder}: start one with ./minimalcluster up, or give url and key"
            )
        found_key = key or os.environ.get("MINIMALCLUSTER_AUTHKEY")
        if not found_key and found_url.rstrip("/") == (local_url or "").rstrip("/"):
            found_key = _read(folder, "authkey")  # the local key goes to the local cluster only
        if not found_key:
            raise MinimalClusterError(f"there is no key for {found_url}: give one, or set MINIMALCLUSTER_AUTHKEY")
        self.url: str = found_url.rstrip("/")
        self._key = found_key
        self._timeout = timeout
        self._retry_for = retry_for
        self._opener = _opener(self.url, ca_file or os.environ.get("MINIMALCLUSTER_CA_FILE"))
        self._environment: Optional[Dict[str, Json]] = None
        self._target: Optional[str] = None
        self._args: Union[range, List[Json], None] = None

    def __repr__(self) -> str:
        return f"MasterNode({self.url!r})"

    def load_envir(
        self, source: Union[str, "os.PathLike[str]"], from_file: Optional[bool] = None, *, name: Optional[str] = None
    ) -> Dict[str, Json]:
        """Compiles Java code on the master, and uses it for the following calls.

        Args:
            source: Java source text, or the path of a file
            from_file: whether ``source`` is a path. By default a ``Path``, and a text that ends with ``.java``, are.
            name: a display name

        Returns:
            the environment, with its ``id`` and ``functions``

        Raises:
            Problem: if the code does not compile; its text has the diagnostics of the compiler
        """
        if from_file is None:
            from_file = not isinstance(source, str) or ("\n" not in source and source.endswith(".java"))
        text = Path(source).read_text(encoding="utf-8") if from_file else str(source)
        query = {"name": name} if name else {}
        environment = self._post("/environments", text.encode(), "text/plain; charset=utf-8", query)
        self._environment = environment
        self._target = None
        return environment

    def register_target_function(self, function: str) -> None:
        """Selects the function for :meth:`execute`: ``square``, ``Pi.square``, or a signature ``square(long)``."""
        if self._environment is None:
            raise MinimalClusterError("there is no code: call load_envir first")
        known = [each["signature"] for each in self._environment["functions"]]
        matching = [each for each in known if _names(function, each)]
        if not matching:
            raise MinimalClusterError(f"there is no function {function}; there are: {', '.join(known) or 'none'}")
        self._target = function

    def load_args(self, args: Iterable[Json]) -> None:
        """Takes the arguments for :meth:`execute`. A ``range`` is sent as such."""
        self._args = args if isinstance(args, range) else list(args)

    def execute(self, **options: Json) -> Dict[Json, Json]:
        """Runs the target function for all loaded arguments, and waits.

        Args:
            options: options of the job, such as ``priority=7``, ``max_failures="10%"`` or ``labels={"team": "x"}``

        Returns:
            a dict from argument to value. A list in an argument becomes a tuple, and a dict becomes JSON text.

        Raises:
            TaskFailed: if a task failed or was cancelled; the job is cancelled
        """
        if self._target is None:
            raise MinimalClusterError("there is no function: call register_target_function first")
        if self._args is None:
            raise MinimalClusterError("there are no arguments: call load_args first")
        values = self.map(self._target, self._args, ordered=True, **options)
        # values first: they are read to their end, else they count as closed early
        return {_hashable(argument): value for value, argument in zip(values, self._args)}

    def map(
        self,
        function: str,
        *iterables: Iterable[Json],
        ordered: bool = True,
        errors: str = "raise",
        **options: Json,
    ) -> Iterator[Json]:
        """Maps a function of the loaded code over arguments, like the built-in ``map``.

        The job starts at once. Values arrive while it runs, at any length of the job. Closing the iterator cancels it.

        Args:
            function: a function of the loaded code
            iterables: the arguments. Several iterables give the parameters of a function with several of them.
            ordered: yields in the order of the arguments; False yields values as they are completed
            errors: ``raise`` raises :class:`TaskFailed` and cancels the job, ``return`` yields it in place of a value
            options: options of the job, such as ``priority=7`` or ``task_timeout_seconds=30``
        """
        if errors not in ("raise", "return"):
            raise ValueError("errors is 'raise' or 'return'")
        if self._environment is None:
            raise MinimalClusterError("there is no code: call load_envir first")
        if not iterables:
            raise TypeError("map needs arguments")
        args = iterables[0] if len(iterables) == 1 else zip(*iterables)
        matching = [each for each in self._environment["functions"] if _names(function, each["signature"])]
        floats = bool(matching) and all(_FLOATS.fullmatch(each.get("returns", "")) for each in matching)
        job = self._submit(self._environment["id"], function, args, options)
        return _Values(self, job, ordered, errors == "raise", floats)

    def list_workers(self) -> List[Dict[str, Json]]:
        """The workers, each with ``name``, ``slots``, ``busy`` and ``state``."""
        workers: List[Dict[str, Json]] = []
        query: Dict[str, str] = {}
        while True:
            page = self._json("GET", "/workers", query)
            workers += page["items"]
            if not page["next"]:
                return workers
            query = {"after": page["next"]}

    def join_as_worker(self) -> None:
        """The master also works. It does so by default."""
        self._json("POST", "/cluster/local-worker", {})

    def stop_as_worker(self) -> None:
        """The master's own worker drains and stops."""
        self._json("DELETE", "/cluster/local-worker", {})

    def shutdown(self, workers: bool = False) -> None:
        """The master drains and stops, and with ``workers=True`` its workers too. Jobs and results are kept."""
        self._json("POST", "/cluster/shutdown", {"workers": "true"} if workers else {})

    def _submit(self, environment: str, method: str, args: Iterable[Json], options: Dict[str, Json]) -> str:
        if isinstance(args, range):
            body = {
                "environmentId": environment,
                "method": method,
                "args": {"range": {"from": args.start, "to": args.stop, "step": args.step}},
                "options": _json_options(options),
            }
            return self._post("/jobs", _encoded(body), "application/json", {})["id"]
        if "shared" in options:  # too long for a query
            head = _encoded({"environmentId": environment, "method": method, "options": _json_options(options)})
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as content:
                content.write(head[:-1] + b',"args":[')
                for position, arg in enumerate(args):
                    content.write((b"," if position else b"") + _encoded(arg))
                content.write(b"]}")
                return self._post("/jobs", content, "application/json", {})["id"]
        query = {"environmentId": environment, "method": method, **_query(options)}
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as lines:  # a repeated call sends them again
            for arg in args:
                lines.write(_encoded(arg) + b"\n")
            return self._post("/jobs", lines, "application/x-ndjson", query)["id"]

    def _post(self, path: str, body: Union[bytes, IO[bytes]], content_type: str, query: Dict[str, str]) -> Json:
        headers = {"Content-Type": content_type, "Idempotency-Key": str(uuid.uuid4())}
        return self._json("POST", path, query, body, headers)

    def _json(
        self,
        method: str,
        path: str,
        query: Dict[str, str],
        body: Union[bytes, IO[bytes], None] = None,
        headers: Optional[Dict[str, str]] = None,
        retry_for: Optional[float] = None,
    ) -> Json:
        retries = _Retries(self, self._retry_for if retry_for is None else retry_for)
        while True:
            try:
                with self._open(method, path, query, body, headers) as answer:
                    text = answer.read()
                return _parsed(text) if text.strip() else None
            except (_Repeatable, OSError, http.client.HTTPException) as failure:
                retries.pause(failure)

    def _open(
        self,
        method: str,
        path: str,
        query: Dict[str, str],
        body: Union[bytes, IO[bytes], None] = None,
        headers: Optional[Dict[str, str]] = None,
    ) -> Any:
        """Sends a call once. Raises _Repeatable if the answer says that it may be sent again."""
        url = f"{self.url}/api/v1{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, method=method, headers=dict(headers or {}))
        request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        if isinstance(body, bytes):
            request.data = body
        elif body is not None:
            length = body.seek(0, os.SEEK_END)
            length = body.tell() if length is None else length  # a spooled file returns None before Python 3.11
            body.seek(0)
            request.data = body  # type: ignore[assignment]
            request.add_unredirected_header("Content-Length", str(length))  # setting data removes it
        elif method == "POST":
            request.data = b""
        try:
            return self._opener.open(request, timeout=self._timeout)
        except urllib.error.HTTPError as refused:
            with refused:
                text = refused.read()
            problem = Problem(refused.code, _members(text))
            # a call is in progress while an earlier attempt with its key still runs
            in_progress = refused.code == 409 and problem.members.get("state") == "IN_PROGRESS"
            if refused.code in _REPEATABLE or in_progress:
                raise _Repeatable(problem, refused.headers.get("Retry-After")) from None
            raise problem from None


class _Repeatable(Exception):
    """An answer after which the call may be sent again."""

    def __init__(self, problem: Problem, retry_after: Optional[str]):
        super().__init__(str(problem))
        self.problem = problem
        self.retry_after = float(retry_after) if retry_after and retry_after.isdigit() else 0.0


class _Retries:
    """Waits between the attempts of a call. The time for them starts at the first failure."""

    def __init__(self, master: MasterNode, seconds: float):
        self._master = master
        self._seconds = seconds
        self._attempt = 0
        self._deadline: Optional[float] = None

    def pause(self, failure: BaseException) -> None:
        """Waits before another attempt, or raises if the time is over."""
        now = time.monotonic()
        if self._deadline is None:
            self._deadline = now + self._seconds
        pause = min(5.0, 0.1 * 2 ** min(self._attempt, 10)) * random.uniform(0.5, 1.0)
        if isinstance(failure, _Repeatable):
            pause = max(pause, failure.retry_after)
        if now + pause > self._deadline or _is_permanent(failure):
            if isinstance(failure, _Repeatable):
                raise failure.problem
            reason = getattr(failure, "reason", failure)
            raise Unreachable(f"no answer from {self._master.url}: {reason or type(failure).__name__}") from failure
        time.sleep(pause)
        self._attempt += 1

    def reset(self) -> None:
        """The master has answered: the next failure is a first one."""
        self._attempt = 0
        self._deadline = None


class _Lines:
    """Lines of the results of a job. Goes on after a lost connection. Holds one line, or one piece of the stream.

    Args:
        query: parameters of the call, with ``order``
        follow: waits until the job has ended. Else the job has ended already.
    """

    def __init__(self, master: MasterNode, job: str, query: Dict[str, str], follow: bool):
        self.state: Optional[str] = None  # of the job, when it has ended
        self._master = master
        self._job = job
        self._query = query
        self._follow = follow
        self._by_index = query["order"] == "index"
        self._read = 0
        self._last = -1
        self._read_before = 0  # the number of lines when the stream was opened
        self._stream: Optional[Any] = None
        self._missing: Optional[int] = None  # bytes that a stream of known length still has
        self._texts: Deque[bytes] = deque()
        self._buffer = bytearray()
        self._complete = False
        self._retries = _Retries(master, master._retry_for)

    def next(self) -> Optional[Dict[str, Json]]:
        """The next line; None after the last."""
        while not self._complete:
            try:
                if self._stream is None:
                    self._connect()
                text = self._next_text()
            except (_Repeatable, OSError, http.client.HTTPException) as failure:
                self.close()
                self._retries.pause(failure)
                continue
            self._retries.reset()
            if text is None:
                self.close()
                self._end_of_stream()
            elif text.strip():  # other lines keep the connection alive
                line = _parsed(text)
                self._read += 1
                self._last = line["index"]
                return line
        return None

    def _connect(self) -> None:
        query = dict(self._query)
        if self._follow:
            query["follow"] = "true"
        if self._read:
            # in index order an index, which leaves out cancelled tasks; in completion order a number of lines
            query["after"] = str(self._last if self._by_index else self._read)
        headers = {"Accept": "application/x-ndjson"}
        self._stream = self._master._open("GET", f"/jobs/{self._job}/results", query, headers=headers)
        length = self._stream.headers.get("Content-Length")
        self._missing = int(length) if length else None
        self._read_before = self._read

    def _next_text(self) -> Optional[bytes]:
        """The next line of the stream without its end; None at the end of the stream."""
        while not self._texts:
            piece = self._stream.read1(_PIECE)  # readline() takes a cut between chunks for the end
            if self._missing is not None:
                self._missing -= len(piece)
            if not piece:
                if self._buffer or self._missing:
                    raise http.client.IncompleteRead(bytes(self._buffer[:_PIECE]))
                return None
            first, *others = piece.split(b"\n")
            self._buffer += first
            for each in others:
                self._texts.append(bytes(self._buffer))
                self._buffer = bytearray(each)
            if len(self._buffer) > _MAX_LINE:
                raise MinimalClusterError(f"a line of the results of {self._job} is longer than {_MAX_LINE} bytes")
        return self._texts.popleft()

    def _end_of_stream(self) -> None:
        """Decides what follows: a stopping master ends its streams as if the job had ended."""
        if self._follow:
            state = self._master._json("GET", f"/jobs/{self._job}", {})["state"]
            if state in _ENDED:
                self.state = state
                self._follow = False  # reads what the stream lacked
            else:
                time.sleep(_RECONNECT_PAUSE)
        elif self._read == self._read_before:
            self._complete = True

    def close(self) -> None:
        self._texts.clear()
        self._buffer = bytearray()
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()


class _Values(Iterator[Json]):
    """The values of a job. Cancelled tasks come at their index, or at the end in the order of completion.

    Args:
        floats: the values are floats, or lists of them, so that texts in them are NaN and infinities
    """

    def __init__(self, master: MasterNode, job: str, ordered: bool, raises: bool, floats: bool):
        self._ended = False
        self.job_id = job
        self._master = master
        self._raises = raises
        self._ordered = ordered
        self._floats = floats
        order = "index" if ordered else "completion"
        self._recorded = _Lines(master, job, {"order": order, "args": "true"}, follow=True)
        # in pages, because values may be taken slowly between them
        pages = {"state": "cancelled", "order": "index", "args": "true", "limit": "1000"}
        self._cancelled = _Lines(master, job, pages, follow=False)
        self._pending: Optional[Dict[str, Json]] = None
        self._pending_cancelled: Optional[Dict[str, Json]] = None
        self._expected = 0

    def __iter__(self) -> "_Values":
        return self

    def __next__(self) -> Json:
        if self._ended:
            raise StopIteration
        try:
            line = self._next_line()
        except BaseException:
            self.close()
            raise
        if line is None:
            self._ended = True
            self._close_streams()
            raise StopIteration
        if "error" in line or line.get("state") == "cancelled":
            failed = TaskFailed(line["index"], line.get("argument"), line.get("error") or {})
            if self._raises:
                self.close()
                raise failed
            return failed
        return _floats(line.get("value")) if self._floats else line.get("value")

    def _next_line(self) -> Optional[Dict[str, Json]]:
        """The line of the next task; None after the last."""
        if self._pending is None:
            self._pending = self._recorded.next()
        line = self._pending
        # a gap in the order of indexes is a cancelled task, because the master waits at other gaps
        is_gap = line is not None and self._ordered and line["index"] > self._expected
        if is_gap or (line is None and self._recorded.state != "SUCCEEDED"):
            if self._pending_cancelled is None:
                self._pending_cancelled = self._cancelled.next()
            cancelled = self._pending_cancelled
            if cancelled is not None and (line is None or cancelled["index"] < line["index"]):
                self._pending_cancelled = None
                line = cancelled
            else:
                self._pending = None
        else:
            self._pending = None
        if line is not None and self._ordered:
            if line["index"] != self._expected:
                raise MinimalClusterError(f"task {self._expected} of {self.job_id} has no outcome: was it retried?")
            self._expected += 1
        return line

    def _close_streams(self) -> None:
        self._recorded.close()
        self._cancelled.close()

    def close(self) -> None:
        """Cancels the job if it has not ended."""
        if self._ended:
            return
        self._ended = True
        self._close_streams()
        try:
            self._master._json("POST", f"/jobs/{self.job_id}/cancel", {}, retry_for=min(5.0, self._master._retry_for))
        except MinimalClusterError:
            pass  # it has ended, or the master can not be reached

    def __enter__(self) -> "_Values":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def _read(folder: Path, name: str) -> Optional[str]:
    for file in (folder / "data" / name, folder / name):
        try:
            return file.read_text(encoding="utf-8").strip()
        except OSError:
            continue
    return None


def _opener(url: str, ca_file: Optional[str]) -> urllib.request.OpenerDirector:
    handlers: List[urllib.request.BaseHandler] = []
    if url.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_file)))
    if _is_loopback(urllib.parse.urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_permanent(failure: BaseException) -> bool:
    """Whether another attempt fails too: a certificate that does not fit."""
    return isinstance(getattr(failure, "reason", failure), ssl.SSLCertVerificationError)


def _shown(value: Json) -> str:
    try:
        return json.dumps(value)
    except ValueError:  # a number of more than 4,300 digits
        return "with a very long number"


def _parsed(text: bytes) -> Json:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of more than 4,300 digits
        return json.loads(text, parse_int=_whole)


def _whole(digits: str) -> int:
    """A whole number of any length. Python refuses to convert texts of more than 4,300 digits."""
    return int(digits) if len(digits) <= 4000 else int(decimal.Decimal(digits))


def _members(text: bytes) -> Dict[str, Json]:
    try:
        members = json.loads(text)
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def _names(function: str, signature: str) -> bool:
    """Whether a name means a signature such as ``com.acme.Pi.square(long)``."""
    wanted = function.replace(" ", "")
    if "(" not in wanted:
        signature = signature.split("(", 1)[0]
    return signature == wanted or signature.endswith("." + wanted)


def _encoded(value: Json) -> bytes:
    try:
        text = json.dumps(value, default=_plain, allow_nan=False, separators=(",", ":"))
    except ValueError:
        text = json.dumps(_finite(value), default=_plain, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _plain(value: Any) -> Json:
    """JSON of a value that is not JSON: dataclasses, enums, sets, and arrays of other libraries."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, (set, frozenset)):
        return list(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"an argument of type {type(value).__name__} has no JSON form")


def _finite(value: Json) -> Json:
    """A copy in which NaN and infinities are the strings that the master takes."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    return value


def _floats(value: Json) -> Json:
    """The value with floats in place of the strings that the master writes for NaN and infinities."""
    if isinstance(value, list):
        return [_floats(each) for each in value]
    return _NOT_FINITE.get(value, value) if isinstance(value, str) else value


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _json_options(options: Dict[str, Json]) -> Dict[str, Json]:
    """Options of a job as members of a body. A shared None is a value, any other None is no option."""
    named = {_camel_case(name): value for name, value in options.items()}
    return {name: value for name, value in named.items() if value is not None or name == "shared"}


def _query(options: Dict[str, Json]) -> Dict[str, str]:
    """Options of a job as query parameters, such as ``labels.team=x``."""
    query: Dict[str, str] = {}
    for name, value in options.items():
        option = _camel_case(name)
        if isinstance(value, dict):
            query.update({f"{option}.{key}": str(each) for key, each in value.items()})
        elif isinstance(value, (list, tuple)):
            query[option] = ",".join(map(str, value))
        elif isinstance(value, bool):
            query[option] = "true" if value else "false"
        elif value is not None:
            query[option] = str(value)
    return query


def _hashable(argument: Json) -> Json:
    if isinstance(argument, (list, tuple)):
        return tuple(_hashable(each) for each in argument)
    try:
        hash(argument)
    except TypeError:
        return _encoded(argument).decode()
    return argument
