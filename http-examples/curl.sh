#!/bin/sh
# Every call of a master, with curl alone: ./http-examples/curl.sh
#
# It talks to the cluster that ./minimalcluster up has started, or to MINIMALCLUSTER_URL with MINIMALCLUSTER_AUTHKEY.
# What it makes it takes away again. It ends with 1 where an answer is not what it should be.
set -eu

cd "$(dirname "$0")/.."
cluster=${HOME:-}/.minimalcluster/data
url=${MINIMALCLUSTER_URL:-$(cat "$cluster/master.url")}
key=${MINIMALCLUSTER_AUTHKEY:-$(cat "$cluster/authkey")}
api=$url/api/v1
json='Content-Type: application/json'

# try WORDS CURL-ARGUMENTS…: calls, shows the beginning of the answer, and wants the words in it.
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

# The first of the fields with that name in the last answer.
field() {
  printf '%s' "$answer" | grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4
}

# Waits for the end of the job of the last answer, which should be in that state.
ended() {
  job=$(field id)
  try "\"state\":\"$1\"" "$api/jobs/$job?wait=50s"
}

step() {
  printf '\n== %s\n' "$1"
}

step 'An environment is code: a source as the body of a call'
try '"square(long)"' "$api/environments?name=tour" --data-binary 'long square(long x) { return x * x; }'
squares=$(field id)

step 'The same as JSON, which may hold several sources'
try '"slow(long)"' "$api/environments" -H "$json" -d '{"name":"tour","sources":{"Tour.java":
  "long slow(long x) throws InterruptedException { Thread.sleep(100); return x; } int half(int x) { if (x % 2 != 0) throw new IllegalArgumentException(\"odd\"); return x / 2; } long larger(long a, long b) { return Math.max(a, b); }"}}'
tour=$(field id)

step 'The same as a form, with files'
try '"inside(long)"' "$api/environments?name=examples" \
  -F source=@examples/Pi.java -F source=@examples/Factorization.java -F source=@examples/Hypot.java
examples=$(field id)

step 'Code that does not compile is refused, with all that javac found'
try '"line":2' "$api/environments" --data-binary 'long square(long x) {
  return squre(x);
}'

step 'Only to see whether it would compile'
try '"cube(long)"' "$api/environments?check=true" --data-binary 'long cube(long x) { return x * x * x; }'

step 'What there is'
try "$squares" "$api/environments"
try 'return x * x' "$api/environments/$squares/sources"

step 'A target function has a name'
try '"name":"square"' "$api/functions" -H "$json" -d "{\"environmentId\":\"$squares\",\"method\":\"square\"}"
try '"name":"tour-half"' "$api/functions" -H "$json" -d "{\"environmentId\":\"$tour\",\"method\":\"half\",\"name\":\"tour-half\"}"
try '"square(long)"' "$api/functions/square"
try '"tour-half"' "$api/functions"

step 'A job maps it over arguments'
try '"total":3' "$api/jobs" -H "$json" -d '{"function":"square","args":[1,2,3]}'
ended SUCCEEDED
try '[1,4,9]' "$api/jobs/$job/values"
try '{"1":1,"2":4,"3":9}' "$api/jobs/$job/values?as=map"
try '{"index":2,"value":9}' "$api/jobs/$job/results"

step 'Pi, by a million tasks'
try '"total":1000000' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"inside\",\"args\":{\"range\":{\"from\":0,\"to\":1000000}}}"
ended SUCCEEDED
curl -sS -H "Authorization: Bearer $key" "$api/jobs/$job/values" | tr ',[]' '\n  ' |
  awk '{ inside += $1 } END { print "Pi is about " 4 * inside / NR; exit NR != 1000000 }'

step 'The prime factors of 999999999999 + 2i'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"factors\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
ended SUCCEEDED
try '[[3,3,3,7,11,13,37,101,9901],' "$api/jobs/$job/values"

step 'A function of two arguments'
try '"total":2' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$examples\",\"method\":\"hypotenuse\",\"args\":[[3,4],{\"a\":5,\"b\":12}]}"
ended SUCCEEDED
try '[5.0,13.0]' "$api/jobs/$job/values"

step 'A task that fails costs only itself'
try '"total":3' "$api/jobs" -H "$json" -d '{"function":"tour-half","args":[2,3,4]}'
ended FAILED
try '[1,null,2]' "$api/jobs/$job/values"
try '"java.lang.IllegalArgumentException"' "$api/jobs/$job/results?state=failed"
try '"odd"' "$api/jobs/$job/tasks/1"

step 'Arguments that do not fit are refused before anything runs'
try '"index":1' "$api/jobs" -H "$json" -d '{"function":"square","args":[1,"two",3]}'

step 'All in one call: code, arguments, values'
try '"values":[1,4,9]' "$api/run?function=square&args=1,2,3" --data-binary 'long square(long x) { return x * x; }'
try '"values":[5.0]' "$api/run" -F source=@examples/Hypot.java -F function=hypotenuse -F 'args=[[3,4]]'
try '"values":[8]' "$api/run" -H "$json" -d '{"source":"long cube(long x) { return x * x * x; }","function":"cube","args":[2]}'

step 'An argument a line, as many as there are'
try '"total":100000' "$api/jobs?function=square&name=lines" -H 'Content-Type: application/x-ndjson' --data-binary @- <<LINES
$(awk 'BEGIN { for (i = 0; i < 100000; i++) print i }')
LINES
ended SUCCEEDED

step 'A call that is repeated with its key does nothing twice'
try '"state"' "$api/jobs" -H "$json" -H "Idempotency-Key: tour-$$" -d '{"function":"square","args":[7]}'
first=$(field id)
try "$first" "$api/jobs" -H "$json" -H "Idempotency-Key: tour-$$" -d '{"function":"square","args":[7]}'

step 'Results as they come, until the job has ended'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
job=$(field id)
try '"index":19' -N "$api/jobs/$job/results?follow=true"
try '"index":' "$api/jobs/$job/results?order=completion&after=19"
try 'index,state,value' -H 'Accept: text/csv' "$api/jobs/$job/results"

step 'How it gets on, as events'
try '"total":20' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":20}}}"
job=$(field id)
try '"SUCCEEDED"' -N "$api/jobs/$job/events"

step 'Why it is not running; pause and resume'
try '"total":1000' "$api/jobs" -H "$json" \
  -d "{\"environmentId\":\"$tour\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":1000}},\"options\":{\"name\":\"long\",\"labels\":{\"of\":\"tour\"},\"priority\":3}}"
job=$(field id)
try "$job" "$api/jobs?limit=3"
try '"state":"PAUSED"' -X POST "$api/jobs/$job/pause"
try 'paused' "$api/jobs/$job/explain"
try "$job" -X POST "$api/jobs/$job/resume"

step 'Cancel, and run the rest after all'
try '"state":"CANCELLED"' -X POST "$api/jobs/$job/cancel"
try "$job" -X POST "$api/jobs/$job/retry"
try '"state":"CANCELLED"' -X POST "$api/jobs/$job/cancel"
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/jobs/$job"
try '/problems/not-found' "$api/jobs/$job"

step 'One value of many'
try '"total":1000' "$api/jobs" -H "$json" \
  -d '{"function":"square","args":{"range":{"from":0,"to":1000}},"options":{"reduce":"sum"}}'
ended SUCCEEDED
try '"reduced":332833500' "$api/jobs/$job"
try '"reduced":99' "$api/run" -H "$json" \
  -d '{"source":"long same(long x) { return x; } long larger(long a, long b) { return Math.max(a, b); }","function":"same","args":{"range":{"from":0,"to":100}},"options":{"reduce":"larger"}}'
try '"values":[0,1,4]' "$api/run?function=square&range=0..3&reduce=sum&values=true" --data-binary 'long square(long x) { return x * x; }'

step 'Who works, and the cluster as a whole'
try '"state":"ACTIVE"' "$api/workers"
try '"slots"' "$api/cluster"
try '"local"' "$api/workers?limit=1"

step 'The master stops being a worker, and is one again'
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/cluster/local-worker"
try '' -X POST "$api/cluster/local-worker"

step 'A copy of the store, while the master runs'
try '"bytes"' -X POST "$api/cluster/backup"

step 'A key for somebody else, and who did what'
try '"secret"' "$api/keys" -H "$json" -d "{\"name\":\"tour-$$\",\"role\":\"client\"}"
curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/keys/tour-$$"
try '"items"' "$api/audit?limit=5"

step 'Whoever shows no key gets nothing'
answer=$(curl -sS "$api/jobs")
printf '%s\n' "$answer"
case $answer in *'/problems/unauthenticated'*) ;; *) exit 1 ;; esac

step 'Names are taken away again'
for name in square tour-half; do
  curl -sS -f -X DELETE -H "Authorization: Bearer $key" "$api/functions/$name"
done
echo done
