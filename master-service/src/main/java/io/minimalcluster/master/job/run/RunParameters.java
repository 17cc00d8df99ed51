package io.minimalcluster.master.job.run;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.job.submit.ArgumentUpload;
import io.minimalcluster.master.job.submit.JobOptionsQueryReader;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.TaskRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the parameters of a run, such as {@code function=square&range=0..1000&priority=7} or {@code args=1,2,3}. */
final class RunParameters {
    private static final Pattern RANGE = Pattern.compile("(-?\\d[\\d_]{0,30})\\.\\.(-?\\d[\\d_]{0,30})");

    private final JobOptionsQueryReader options;

    RunParameters(JobOptionsQueryReader options) {
        this.options = options;
    }

    /** Parses all parameters and rejects unknown ones. Arguments among them go to {@code arguments}. */
    Taken take(RequestParameters parameters, ArgumentUpload arguments) {
        Optional<String> function = parameters.one("function");
        JobOptions asked = options.take(parameters);
        Optional<String> args = parameters.one("args");
        Optional<String> range = parameters.one("range");
        Optional<String> step = parameters.one("step");
        parameters.refuseRest();
        if (args.isPresent() && range.isPresent()) {
            throw Malformed.field("range", "Give args or a range, not both.");
        }
        if (step.isPresent() && range.isEmpty()) {
            throw Malformed.field("step", "A step belongs to a range.");
        }
        args.ifPresent(arguments::text);
        range.ifPresent(text -> arguments.range(
                range(text, step.map(each -> number("step", each)).orElse(1L))));
        return new Taken(function, asked);
    }

    private static TaskRange range(String text, long step) {
        Matcher form = RANGE.matcher(text);
        if (!form.matches()) {
            throw Malformed.field("range", "A range looks like 0..1000: from, and to without it.");
        }
        return new TaskRange(number("range", form.group(1)), number("range", form.group(2)), step);
    }

    private static long number(String field, String digits) {
        try {
            return Long.parseLong(digits.replace("_", ""));
        } catch (NumberFormatException e) {
            throw Malformed.field(field, digits + " is not an integer that fits a long.");
        }
    }

    /** The parameters other than the arguments. */
    record Taken(Optional<String> function, JobOptions options) {}
}
