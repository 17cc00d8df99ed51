import generated.ApiClient;
import generated.ApiException;
import generated.api.ClusterApi;
import generated.api.EnvironmentsApi;
import generated.api.FunctionsApi;
import generated.api.JobsApi;
import generated.api.ResultsApi;
import generated.api.RunApi;
import generated.model.Job;
import generated.model.JobOptions;
import generated.model.JobOptionsMaxFailures;
import generated.model.JobState;
import generated.model.LoadedEnvironment;
import generated.model.NewEnvironment;
import generated.model.NewFunction;
import generated.model.NewJob;
import generated.model.NewRun;
import generated.model.RunResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs jobs with the client that openapi-generator makes, and prints what it answers. Arguments: URL and key. */
public class UseJavaClient {
    public static void main(String[] args) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));

        LoadedEnvironment environment = new EnvironmentsApi(client)
                .loadEnvironment(
                        new NewEnvironment().sources(Map.of("Main.java", "long square(long x) { return x * x; }")),
                        null,
                        null,
                        null);
        System.out.println(environment.getFunctions().get(0).getSignature());
        new FunctionsApi(client)
                .registerFunction(
                        new NewFunction()
                                .environmentId(environment.getId())
                                .method("square")
                                .name("square-of-generated-java"),
                        null);

        JobsApi jobs = new JobsApi(client);
        Job job = jobs.submitJob(
                new NewJob()
                        .function("square-of-generated-java")
                        .args(List.of(1, 2, 3_000_000_001L))
                        .options(new JobOptions()
                                .labels(Map.of("team", "java"))
                                .maxFailures(new JobOptionsMaxFailures("10%"))),
                UUID.randomUUID().toString(),
                null,
                null,
                null,
                null);
        job = jobs.getJob(job.getId(), "50s");
        System.out.println(job.getState() + " " + job.getTasks().getSucceeded() + " "
                + job.getOptions().getMaxFailures().getString());

        ResultsApi results = new ResultsApi(client);
        System.out.println(results.getValues(job.getId(), null, true, null));
        System.out.println(results.getResults(job.getId(), null, null, true, null, null, null)
                .getItems()
                .get(2)
                .getValue());
        System.out.println(results.getTask(job.getId(), 1L).getState());

        RunResult run = new RunApi(client)
                .run(
                        new NewRun()
                                .source("int half(int x) { return x / 2; }")
                                .function("half")
                                .args(Map.of("range", Map.of("from", 0, "to", 4))),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        System.out.println(run.getJob().getState() + " " + run.getValues());
        System.out.println(
                jobs.listJobs(JobState.SUCCEEDED, null, 1, null).getItems().size());
        System.out.println(new ClusterApi(client).getCluster(null, null).getMasters());
        try {
            jobs.getJob("job-0", null);
        } catch (ApiException e) {
            System.out.println(e.getCode());
        }
    }
}
