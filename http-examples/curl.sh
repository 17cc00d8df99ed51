#!/bin/sh
# Calls every endpoint of a master with curl: ./http-examples/curl.sh
#
# It uses the cluster that ./minimalcluster up has started, or MINIMALCLUSTER_URL with MINIMALCLUSTER_AUTHKEY.
# It deletes what it creates. The exit code is 1 if a response is not as expected.
set -eu

cd "$(dirname "$0")/.."
cluster=${HOME:-}/.minimalcluster/data
url=${MINIMALCLUSTER_URL:-$(cat "$cluster/master.url")}
key=${MINIMALCLUSTER_AUTHKEY:-$(cat "$cluster/authkey")}
api=$url/api/v1
json='Content-Type: application/json'

# try WORDS CURL-ARGUMENTS…: makes a call, prints the start of the response, and checks that it contains the words.
try() {
  wanted=$1
  shift
  answer=$(curl -sS -H "Authorization: Bearer $key" "$@")
  printf '%s\n' "$answer" | cut -c 1-220 | head -n 6
  case $answer in
    *"$wanted"*) ;;
    *)
      echo "this should have in it: $wanted" >&2
      exit 1
      ;;
  esac
}

# Prints the first field with this name in the last response.
field() {
  printf '%s' "$answer" | grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4
}

# Waits for the end of the job of the last response, and checks its state.
ended() {
  job=$(field id)
  try "\"state\":\"$1\"" "$api/jobs/$job?wait=50s"
}

step() {
  printf '\n== %s\n' "$1"
}

step 'Create an environment from a raw source'
try '"square(long)"' "$api/environments?name=tour" --data-binary 'long square(long x) { return x * x; }'
squares=$(field id)

step 'Create an environment from several sources as JSON'
try '"slow(long)"' "$api/environments" -H "$json" -d '{"name":"tour","sources":{"Tour.java":
  "long slow(long x) throws InterruptedException { Thread.sleep(100); return x; } int half(int x) { if (x % 2 != 0) throw new IllegalArgumentException(\"odd\"); return x / 2; } long larger(long a, long b) { return Math.max(a, b); }"}}'
tour=$(field id)

step 'Create an environment from a multipart form'
try '"inside(long)"' "$api/environments?name=examples" \
  -F source=@examples/Pi.java -F source=@examples/Factorization.java -F source=@examples/Hypot.java
examples=$(field id)

step 'Code that does not compile is rejected with the diagnostics of javac'
try '"line":2' "$api/environments" --data-binary 'long square(long x) {
  return squre(x);
}'

step 'Check whether code compiles'
try '"cube(long)"' "$api/environments?check=true" --data-binary 'long cube(long x) { return x * x * x; }'

step 'List environments'
try "$squares" "$api/environments?limit=1000"
try 'return x * x' "$api/environments/$squares/sources"

step 'Register a target function'
try '"name":"square"' "$api/functions" -H "$json" -d "{\"environmentId\":\"$squares\",\"method\":\"square\"}"
try '"name":"tour-half"' "$api/functions" -H "$json" -d "{\"environmentId\":\"$tour\",\"method\":\"half\",\"name\":\"tour-half\"}"
try '"square(long)"' "$api/functions/square"
try '"tour-half"' "$api/functions"

step 'Map a function over arguments'
try '"total":3' "$api/jobs" -H "$json" -d '{"function":"square","args":[1,2,3]}'
ended SUCCEEDED
try '[1,4,9]' "$api/jobs/$job/values"
try '{"1":1,"2":4,"3":9}' "$api/jobs/$job/values?as=map"
try '{"index":2,"value":9}' "$api/jobs/$job/results"

step 'Estimate Pi with a million tasks'
try '"total":1000000' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"inside\",\"args\":{\"range\":{\"from\":0,\"to\":1000000}}}"
ended SUCCEEDED
curl -sS -H "Authorization: Bearer $key" "$api/jobs/$job/values" | tr ',[]' '\n  ' |
  awk '{ inside += $1 } END { print "Pi is about " 4 * inside / NR; exit NR != 1000000 }'

step 'Factorize numbers'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"factors\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
ended SUCCEEDED
try '[[3,3,3,7,11,13,37,101,9901],' "$api/jobs/$job/values"

step 'Call a function with two parameters'
try '"total":2' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"hypotenuse\",\"args\":[[3,4],{\"a\":5,\"b\":12}]}"
ended SUCCEEDED
try '[5.0,13.0]' "$api/jobs/$job/values"

step 'A failed task does not affect other tasks'
try '"total":3' "$api/jobs" -H "$json" -d '{"function":"tour-half","args":[2,3,4]}'
ended FAILED
try '[1,null,2]' "$api/jobs/$job/values"
try '"java.lang.IllegalArgumentException"' "$api/jobs/$job/results?state=failed"
try '"odd"' "$api/jobs/$job/tasks/1"

step 'Arguments of the wrong type are rejected on submission'
try '"index":1' "$api/jobs" -H "$json" -d '{"function":"square","args":[1,"two",3]}'

step 'Send code and arguments and get values in one call'
try '"values":[1,4,9]' "$api/run?function=square&args=1,2,3" --data-binary 'long square(long x) { return x * x; }'
try '"values":[5.0]' "$api/run" -F source=@examples/Hypot.java -F function=hypotenuse -F 'args=[[3,4]]'
try '"values":[8]' "$api/run" -H "$json" -d '{"source":"long cube(long x) { return x * x * x; }","function":"cube","args":[2]}'

step 'Stream arguments as JSON lines'
try '"total":100000' "$api/jobs?function=square&name=lines" -H 'Content-Type: application/x-ndjson' --data-binary @- <<LINES
$(awk 'BEGIN { for (i = 0; i < 100000; i++) print i }')
LINES
ended SUCCEEDED

step 'Repeat a call with an idempotency key'
try '"state"' "$api/jobs" -H "$json" -H "Idempotency-Key: tour-$$" -d '{"function":"square","args":[7]}'
first=$(field id)
try "$first" "$api/jobs" -H "$json" -H "Idempotency-Key: tour-$$" -d '{"function":"square","args":[7]}'

step 'Follow results until the end of the job'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
job=$(field id)
try '"index":19' -N "$api/jobs/$job/results?follow=true"
try '"index":' "$api/jobs/$job/results?order=completion&after=19"
try 'index,state,value' -H 'Accept: text/csv' "$api/jobs/$job/results"

step 'Read progress as server-sent events'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
job=$(field id)
try '"SUCCEEDED"' -N "$api/jobs/$job/events"

step 'Explain, pause and resume a job'
try '"total":1000' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":1000}},\"options\":{\"name\":\"long\",\"labels\":{\"of\":\"tour\"},\"priority\":3}}"
job=$(field id)
try "$job" "$api/jobs?limit=3"
try '"state":"PAUSED"' -X POST "$api/jobs/$job/pause"
try 'paused' "$api/jobs/$job/explain"
try "$job" -X POST "$api/jobs/$job/resume"

step 'Cancel a job and retry the rest'
try '"state":"CANCELLED"' -X POST "$api/jobs/$job/cancel"
try "$job" -X POST "$api/jobs/$job/retry"
try '"state":"CANCELLED"' -X POST "$api/jobs/$job/cancel"
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/jobs/$job"
try '/problems/not-found' "$api/jobs/$job"

step 'Reduce values to one value'
try '"total":1000' "$api/jobs" -H "$json" \
  -d '{"function":"square","args":{"range":{"from":0,"to":1000}},"options":{"reduce":"sum"}}'
ended SUCCEEDED
try '"reduced":332833500' "$api/jobs/$job"
try '"reduced":99' "$api/run" -H "$json" \
  -d '{"source":"long same(long x) { return x; } long larger(long a, long b) { return Math.max(a, b); }","function":"same","args":{"range":{"from":0,"to":100}},"options":{"reduce":"larger"}}'
try '"values":[0,1,4]' "$api/run?function=square&range=0..3&reduce=sum&values=true" --data-binary 'long square(long x) { return x * x; }'

step 'List workers and show the cluster'
try '"state":"ACTIVE"' "$api/workers"
try '"slots"' "$api/cluster"
try '"local"' "$api/workers?limit=1"

step 'Stop and start the local worker'
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/cluster/local-worker"
try '' -X POST "$api/cluster/local-worker"

step 'Back up the store'
try '"bytes"' -X POST "$api/cluster/backup"

step 'Create a key and read the audit log'
try '"secret"' "$api/keys" -H "$json" -d "{\"name\":\"tour-$$\",\"role\":\"client\"}"
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/keys/tour-$$"
try '"items"' "$api/audit?limit=5"

step 'A call without a key is rejected'
answer=$(curl -sS "$api/jobs")
printf '%s\n' "$answer"
case $answer in *'/problems/unauthenticated'*) ;; *) exit 1 ;; esac

step 'Delete the registered functions'
for name in square tour-half; do
  curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/functions/$name"
done
echo done
