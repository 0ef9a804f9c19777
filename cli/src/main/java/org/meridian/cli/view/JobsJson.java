package org.meridian.cli.view;

import java.util.List;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.operation.JobReport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs and their runs as JSON. */
final class JobsJson {
    private JobsJson() {}

    static ObjectNode of(JobReport report) {
        ObjectNode json = Json.object();
        ArrayNode jobs = json.putArray("jobs");
        report.rows().forEach(row -> jobs.add(row(row)));
        return json;
    }

    static ObjectNode row(JobReport.Row row) {
        ObjectNode one = Json.object()
                .put("name", row.name())
                .put("region", row.region().value())
                .put("release", row.release().toString())
                .put("server", row.server().value())
                .put("schedule", row.job().schedule().written())
                .put("timezone", row.job().schedule().zone().getId())
                .put("scheduled", row.state().filter(JobState::scheduled).isPresent());
        Json.put(one, "next", row.state().flatMap(JobState::next));
        Json.put(one, "running_since", row.state().flatMap(JobState::running));
        row.last().ifPresentOrElse(run -> one.set("last", run(run)), () -> one.putNull("last"));
        Json.put(one, "problem", row.problem());
        return one;
    }

    static ObjectNode of(List<JobRun> runs) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("runs");
        runs.forEach(run -> all.add(run(run)));
        return json;
    }

    private static ObjectNode run(JobRun run) {
        ObjectNode json = Json.object()
                .put("job", run.job())
                .put("release", run.release().toString())
                .put("server", run.server().value())
                .put("began", run.began().toString())
                .put("ended", run.ended().toString())
                .put("exit_code", run.exitCode())
                .put("end", Json.written(run.end()))
                .put("by", run.byHand() ? "hand" : "schedule");
        if (!run.output().isEmpty()) {
            json.put("output", run.output());
        }
        return json;
    }
}
