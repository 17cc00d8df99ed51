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
import enum
import http.client
import ipaddress
import json
import math
import os
import random
import ssl
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path
from typing import IO, Any, Dict, Iterable, Iterator, List, Optional, Tuple, Union

__all__ = ["MasterNode", "MinimalClusterError", "Problem", "TaskFailed", "Unreachable"]

Json = Any

_REPEATABLE = {408, 429, 502, 503, 504}
_IN_MEMORY = 8 * 1024 * 1024


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
        super().__init__(f"task {index} (argument {json.dumps(argument)}): {what}{frames}")


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
            TaskFailed: if a task failed; the others go on
        """
        if self._target is None:
            raise MinimalClusterError("there is no function: call register_target_function first")
        if self._args is None:
            raise MinimalClusterError("there are no arguments: call load_args first")
        values = self.map(self._target, self._args, **options)
        return {_hashable(argument): value for argument, value in zip(self._args, values)}

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
        job = self._submit(self._environment["id"], function, args, options)
        return _Values(self, job, ordered, errors == "raise")

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
                "options": {_camel_case(name): value for name, value in options.items()},
            }
            return self._post("/jobs", _encoded(body), "application/json", {})["id"]
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
        deadline = time.monotonic() + (self._retry_for if retry_for is None else retry_for)
        attempt = 0
        while True:
            try:
                with self._open(method, path, query, body, headers) as answer:
                    text = answer.read()
                return json.loads(text) if text.strip() else None
            except (_Repeatable, OSError, http.client.HTTPException) as failure:
                attempt = self._pause(failure, attempt, deadline)

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
            request.add_unredirected_header("Content-Length", str(length))
            request.data = body  # type: ignore[assignment]
        elif method == "POST":
            request.data = b""
        try:
            return self._opener.open(request, timeout=self._timeout)
        except urllib.error.HTTPError as refused:
            with refused:
                text = refused.read()
            problem = Problem(refused.code, _members(text))
            if refused.code in _REPEATABLE:
                raise _Repeatable(problem, refused.headers.get("Retry-After")) from None
            raise problem from None

    def _pause(self, failure: BaseException, attempt: int, deadline: float) -> int:
        """Waits before another attempt, or raises if the time is over."""
        pause = min(5.0, 0.1 * 2**attempt) * random.uniform(0.5, 1.0)
        if isinstance(failure, _Repeatable):
            pause = max(pause, failure.retry_after)
        if time.monotonic() + pause > deadline or _is_permanent(failure):
            if isinstance(failure, _Repeatable):
                raise failure.problem
            reason = getattr(failure, "reason", failure)
            raise Unreachable(f"no answer from {self.url}: {reason or type(failure).__name__}") from failure
        time.sleep(pause)
        return attempt + 1


class _Repeatable(Exception):
    """An answer after which the call may be sent again."""

    def __init__(self, problem: Problem, retry_after: Optional[str]):
        super().__init__(str(problem))
        self.problem = problem
        self.retry_after = float(retry_after) if retry_after and retry_after.isdigit() else 0.0


class _Values(Iterator[Json]):
    """The values of a job, read from the stream of its results."""

    def __init__(self, master: MasterNode, job: str, ordered: bool, raises: bool):
        self.job_id = job
        self._master = master
        self._raises = raises
        self._ordered = ordered
        self._read = 0
        self._stream: Optional[Any] = None
        self._ended = False

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
            self._close_stream()
            raise StopIteration
        if "error" in line or line.get("state") == "cancelled":
            failed = TaskFailed(line["index"], line.get("argument"), line.get("error") or {})
            if self._raises:
                self.close()
                raise failed
            return failed
        return line.get("value")

    def _next_line(self) -> Optional[Dict[str, Json]]:
        """The next line of the results; None after the last. Goes on after a lost connection."""
        deadline = time.monotonic() + self._master._retry_for
        attempt = 0
        while True:
            try:
                if self._stream is None:
                    self._stream = self._follow()
                while True:
                    text = self._stream.readline()
                    if not text:
                        return None
                    if text.strip():
                        if not text.endswith(b"\n"):
                            raise http.client.IncompleteRead(text)
                        self._read += 1
                        return json.loads(text)
            except (_Repeatable, OSError, http.client.HTTPException) as failure:
                self._close_stream()
                attempt = self._master._pause(failure, attempt, deadline)

    def _follow(self) -> Any:
        query = {"follow": "true", "args": "true", "order": "index" if self._ordered else "completion"}
        if self._read:
            # in index order an index, in completion order a number of lines
            query["after"] = str(self._read - 1 if self._ordered else self._read)
        headers = {"Accept": "application/x-ndjson"}
        return self._master._open("GET", f"/jobs/{self.job_id}/results", query, headers=headers)

    def _close_stream(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def close(self) -> None:
        """Cancels the job if it has not ended."""
        if self._ended:
            return
        self._ended = True
        self._close_stream()
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


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _query(options: Dict[str, Json]) -> Dict[str, str]:
    """Options of a job as query parameters, such as ``labels.team=x``."""
    query: Dict[str, str] = {}
    for name, value in options.items():
        option = _camel_case(name)
        if option == "shared":
            query[option] = _encoded(value).decode()
        elif isinstance(value, dict):
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
