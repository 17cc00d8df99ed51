#!/bin/bash
# Tries docker-compose.yml on the Docker engine that DOCKER_HOST names: up, three workers, a job, a killed worker, a
# restarted master, down. Not a part of the test run, for it needs an engine and the base images.
#
#   system-tests/compose.sh [--keep]     --keep leaves the cluster running
set -euo pipefail
cd "$(dirname "$0")/.."

export COMPOSE_PROJECT_NAME=minimalcluster-try MINIMALCLUSTER_PORT=${MINIMALCLUSTER_PORT:-18080}
api=http://127.0.0.1:$MINIMALCLUSTER_PORT/api/v1
if docker compose version >/dev/null 2>&1; then
  compose() { docker compose "$@"; }
else
  compose() { docker-compose "$@"; }
fi

say() { printf '== %s\n' "$*"; }
fail() {
  say "FAILED: $*"
  compose logs --tail 30
  exit 1
}

# until_so SECONDS WHAT COMMAND…
until_so() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    ((SECONDS < end)) || fail "not in time: $what"
    sleep 1
  done
}

call() { curl -sS -m 90 -H "Authorization: Bearer $key" "$@"; }
active() { call "$api/workers?limit=100" | grep -o '"state":"ACTIVE"' | wc -l; }
has_workers() { (($(active) == $1)); }
ended() { call "$api/jobs/$job" | grep -q '"state":"SUCCEEDED"'; }
inside() { compose exec -T "$@"; }

stop() {
  compose down -v --remove-orphans >/dev/null 2>&1 || :
}
stop
[[ ${1:-} == --keep ]] || trap stop EXIT

say "up, with three workers"
compose up --build -d --scale worker=3
until_so 180 "the master's key" inside master test -s /key/authkey
key=$(inside master cat /key/authkey | tr -d '\r')
until_so 120 "three workers" has_workers 3

say "who may do what inside"
[[ $(inside master id -u) == 10001 ]] || fail "the master is root"
[[ $(inside worker ls /worker-key) == worker.key ]] || fail "a worker sees more than its key"
inside worker sh -c 'ls /key /data' >/dev/null 2>&1 && fail "a worker sees the master's folders"
inside master sh -c 'touch /app/x' 2>/dev/null && fail "the master's root can be written"
call "$api/workers" | grep -q '"isolation":"uid"' || call "$api/workers" | grep -q '"isolation":"UID"' || fail "the level is not uid"
worker_key=$(inside worker cat /worker-key/worker.key | tr -d '\r')
[[ $(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $worker_key" "$api/jobs") == 403 ]] || fail "a worker's key does more than it should"
ports=$(docker port "$(compose ps -q master)" 8080)
[[ $ports == 127.0.0.1:* ]] || fail "listens at $ports"

say "a job of slow tasks, in which a worker is killed and the master restarted"
job=$(call "$api/jobs" -H 'Content-Type: application/json' -d "{\"environmentId\":\"$(
  call "$api/environments" --data-binary 'long slow(long x) throws InterruptedException { Thread.sleep(50); return x * x; }' |
    grep -o 'env-[0-9a-z]*' | head -n 1
)\",\"method\":\"slow\",\"args\":{\"range\":{\"from\":0,\"to\":1500}}}" | grep -o 'job-[0-9a-z]*' | head -n 1)
until_so 60 "a first result" eval 'call "$api/jobs/$job/results?limit=1" | grep -q value'
docker kill "$(compose ps -q worker | head -n 1)" >/dev/null
compose restart master
until_so 120 "the master after its restart" eval 'curl -s "${api%/api/v1}/actuator/health/readiness" | grep -q UP'
until_so 300 "the end of the job" ended
[[ $(call "$api/jobs/$job/values" | tr -d '[]' | tr ',' '\n' | awk '{ s += $1 } END { printf "%d", s }') == 1123875250 ]] || fail "values are wrong"
until_so 120 "two workers" has_workers 2

say "healthy, as the engine sees it"
until_so 60 "a healthy master" eval '[[ $(docker inspect -f "{{.State.Health.Status}}" "$(compose ps -q master)") == healthy ]]'
for worker in $(docker ps -q --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=worker"); do
  until_so 60 "a healthy worker" eval '[[ $(docker inspect -f "{{.State.Health.Status}}" '"$worker"') == healthy ]]'
done

say "down"
if [[ ${1:-} != --keep ]]; then
  compose down -v
  [[ -z $(docker ps -aq --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME") ]] || fail "containers are left"
fi
say "all of it works"
