"""Runs jobs with the client that openapi-generator makes, and prints what it answers. Arguments: URL and key."""

import sys
import uuid

from generated import (
    ApiClient,
    ApiException,
    ClusterApi,
    Configuration,
    EnvironmentsApi,
    FunctionsApi,
    JobOptions,
    JobOptionsMaxFailures,
    JobsApi,
    JobState,
    NewEnvironment,
    NewFunction,
    NewJob,
    NewRun,
    ResultsApi,
    RunApi,
)

client = ApiClient(Configuration(host=sys.argv[1], access_token=sys.argv[2]))

environment = EnvironmentsApi(client).load_environment(
    NewEnvironment(sources={"Main.java": "long square(long x) { return x * x; }"})
)
print(environment.functions[0].signature)
FunctionsApi(client).register_function(
    NewFunction(environmentId=environment.id, method="square", name="square-of-generated-python")
)

jobs = JobsApi(client)
job = jobs.submit_job(
    NewJob(
        function="square-of-generated-python",
        args=[1, 2, 3_000_000_001],
        options=JobOptions(labels={"team": "python"}, maxFailures=JobOptionsMaxFailures("10%")),
    ),
    idempotency_key=str(uuid.uuid4()),
)
job = jobs.get_job(job.id, wait="50s")
print(job.state.value, job.tasks.succeeded, job.options.max_failures.actual_instance)

results = ResultsApi(client)
print(results.get_values(job.id, strict=True))
print(results.get_results(job.id, args=True).items[2].value)
print(results.get_task(job.id, 1).state.value)

run = RunApi(client).run(
    NewRun(source="int half(int x) { return x / 2; }", function="half", args={"range": {"from": 0, "to": 4}})
)
print(run.job.state.value, run.values)
print(len(jobs.list_jobs(state=JobState.SUCCEEDED, limit=1).items))
print(ClusterApi(client).get_cluster().masters)
try:
    jobs.get_job("job-0")
except ApiException as error:
    print(error.status)
