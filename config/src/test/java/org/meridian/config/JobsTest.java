package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.Job;
import org.meridian.core.model.Job.Overlap;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Schedule;

/** What is run by schedule, and when that is. */
class JobsTest {
    private static final String BEFORE = "before_shift:";
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final int TIMES = 40;

    /** Both kinds of days, a month's end, a leap day, names, steps, and clocks that change. */
    private static final List<String> SCHEDULES = List.of(
            "0 6 * * *",
            "*/15 * * * mon-fri",
            "10-50/7 0,12 * jan,MAR *",
            "0 0 1,15 * 7",
            "30 5 13 * 5",
            "0 0 31 * *",
            "0 12 29 2 *",
            "0 0 * * 5-7",
            "7 */5 1-7 */3 *",
            "0 1 * * 0");

    private final Folder folder;

    JobsTest(@TempDir Path directory) {
        this.folder = new Folder(directory);
    }

    @Test
    void aJobOfWhichLittleIsSaidRunsInThePrimaryAsTheServiceThatAnswers() {
        folder.with(BEFORE, "jobs: { digest: { schedule: '0 6 * * *', command: bin/digest --all } }\n" + BEFORE);

        assertThat(folder.app().duties().jobs())
                .isEqualTo(Map.of(
                        "digest",
                        new Job(
                                CronText.read("0 6 * * *", ZoneId.of("UTC")),
                                "web",
                                List.of("bin/digest", "--all"),
                                new RegionName("eu"),
                                Overlap.SKIP,
                                Duration.ofMinutes(10))));
    }

    @Test
    void allOfAJobCanBeSaid() {
        folder.with(
                BEFORE,
                "jobs: { digest: { schedule: '0 6 * * 1', timezone: Europe/Zurich, command: [bin/digest, a b],"
                        + " service: worker, region: us, overlap: queue, timeout: 2h } }\n" + BEFORE);

        assertThat(folder.app().duties().jobs().get("digest"))
                .isEqualTo(new Job(
                        CronText.read("0 6 * * 1", ZURICH),
                        "worker",
                        List.of("bin/digest", "a b"),
                        new RegionName("us"),
                        Overlap.QUEUE,
                        Duration.ofHours(2)));
    }

    @Test
    void theWordForThePrimaryIsARegionsNameWhereOneIsCalledSo() {
        String job = "jobs: { digest: { schedule: '0 6 * * *', command: a, region: primary } }\n" + BEFORE;
        String called = Folder.replaced(Folder.replaced(Folder.GOOD, "  us: {", "  primary: {"), "[[us]", "[[primary]");
        folder.write("meridian.yml", Folder.replaced(called, BEFORE, job));

        assertThat(folder.app().duties().jobs().values())
                .extracting(Job::region)
                .containsExactly(new RegionName("primary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 6 * * *      | *-*-* 06:00:00 Europe/Zurich",
                "*/20 0 * * 7   | Sun *-*-* 00:00,20,40:00 Europe/Zurich",
                "0 0 1 */6 *    | *-01,07-01 00:00:00 Europe/Zurich",
                "5 4 13 * 5     | *-*-13 04:05:00 Europe/Zurich; Fri *-*-* 04:05:00 Europe/Zurich",
                "0 0 * * 5-7    | Sun,Fri,Sat *-*-* 00:00:00 Europe/Zurich",
            })
    void aScheduleIsWrittenForSystemd(String cron, String calendar) {
        assertThat(String.join("; ", CronText.read(cron, ZURICH).calendar())).isEqualTo(calendar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata"})
    void systemdAndCronMeanTheSameTimes(String zone) throws Exception {
        assumeThat(Files.isExecutable(ANALYZE)).isTrue();
        for (String cron : SCHEDULES) {
            ZonedDateTime from = ZonedDateTime.of(LocalDateTime.of(2026, 2, 27, 12, 0), ZoneId.of(zone));

            List<Instant> systemd = systemd(CronText.read(cron, ZoneId.of(zone)), from.toInstant());

            assertThat(systemd).as(cron).isEqualTo(cron(cron, from));
        }
    }

    /** Spring forward leaves an hour out and autumn has one twice: neither of them may run a job twice. */
    @Test
    void anHourThatComesTwiceRunsAJobOnce() throws Exception {
        assumeThat(Files.isExecutable(ANALYZE)).isTrue();
        Schedule inTheHour = CronText.read("30 2 * * *", ZURICH);

        List<Instant> autumn = systemd(inTheHour, Instant.parse("2026-10-23T12:00:00Z"));
        List<Instant> spring = systemd(inTheHour, Instant.parse("2026-03-27T12:00:00Z"));

        for (List<Instant> times : List.of(autumn, spring)) {
            assertThat(times.stream().map(time -> time.atZone(ZURICH).toLocalDate()))
                    .doesNotHaveDuplicates();
        }
    }

    private static List<Instant> cron(String text, ZonedDateTime from) {
        ExecutionTime times = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
        return Stream.iterate(times.nextExecution(from).orElseThrow(), time -> times.nextExecution(time)
                        .orElseThrow())
                .limit(TIMES)
                .map(ZonedDateTime::toInstant)
                .toList();
    }

    /** What all lines say, in order, as a timer that has all of them would do. */
    private static List<Instant> systemd(Schedule schedule, Instant from) throws IOException, InterruptedException {
        TreeSet<Instant> times = new TreeSet<>();
        for (String line : schedule.calendar()) {
            times.addAll(elapses(line, from));
        }
        return times.stream().limit(TIMES).toList();
    }

    private static List<Instant> elapses(String line, Instant from) throws IOException, InterruptedException {
        String base = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'")
                .withZone(ZoneOffset.UTC)
                .format(from);
        ProcessBuilder builder = new ProcessBuilder(
                ANALYZE.toString(), "calendar", "--iterations=" + TIMES, "--base-time=" + base, line);
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + ": " + said).isZero();
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        List<Instant> times = new ArrayList<>();
        Pattern.compile("(?:Next elapse|Iter\\. #\\d+|Iteration #\\d+): ... (\\S+ \\S+) UTC")
                .matcher(said)
                .results()
                .forEach(found ->
                        times.add(LocalDateTime.parse(found.group(1), format).toInstant(ZoneOffset.UTC)));
        assertThat(times).as(said).isNotEmpty();
        return times;
    }
}
