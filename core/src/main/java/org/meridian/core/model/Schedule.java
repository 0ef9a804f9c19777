package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When a job is due: in each minute that all parts fit. An empty part fits always; where both kinds of days are given, one
 * of them is enough, as crontab(5) has it.
 *
 * @param written  as the team wrote it, such as {@code 0 6 * * *}
 * @param zone     whose clock it goes by
 * @param minutes  0 to 59
 * @param hours    0 to 23
 * @param days     days of the month, 1 to 31
 * @param months   1 to 12
 * @param weekdays 0 for Sunday to 6
 */
public record Schedule(
        String written,
        ZoneId zone,
        List<Integer> minutes,
        List<Integer> hours,
        List<Integer> days,
        List<Integer> months,
        List<Integer> weekdays) {
    /** The 29th of February is up to eight years away. */
    private static final int MOST_DAYS = 9 * 366;

    private static final List<String> WEEKDAYS = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");

    /** Checks the ranges. */
    public Schedule {
        requireNonNull(written, "written is null");
        requireNonNull(zone, "zone is null");
        minutes = within("minute", minutes, 0, 59);
        hours = within("hour", hours, 0, 23);
        days = within("day", days, 1, 31);
        months = within("month", months, 1, 12);
        weekdays = within("weekday", weekdays, 0, 6);
    }

    private static List<Integer> within(String what, List<Integer> values, int least, int most) {
        for (int value : values) {
            if (value < least || value > most) {
                throw new IllegalArgumentException("there is no " + what + " " + value);
            }
        }
        return values.stream().distinct().sorted().toList();
    }

    /**
     * The same as systemd writes it (systemd.time(7), "Calendar events"), where all parts have to fit: so one line for each
     * kind of days, and it is due whenever one of them says so.
     */
    public List<String> calendar() {
        if (days.isEmpty() || weekdays.isEmpty()) {
            return List.of(line(weekdays, days));
        }
        return List.of(line(List.of(), days), line(weekdays, List.of()));
    }

    private String line(List<Integer> onWeekdays, List<Integer> onDays) {
        String week = onWeekdays.isEmpty()
                ? ""
                : onWeekdays.stream().map(WEEKDAYS::get).collect(Collectors.joining(",")) + " ";
        return week + "*-" + part(months) + "-" + part(onDays) + " " + part(hours) + ":" + part(minutes) + ":00 "
                + zone;
    }

    /** When it was due last, at that time or before; empty where that is more than nine years before. */
    public Optional<Instant> lastDue(Instant until) {
        LocalDateTime end = LocalDateTime.ofInstant(until, zone);
        return Stream.iterate(end.toLocalDate(), day -> day.minusDays(1))
                .limit(MOST_DAYS)
                .filter(this::on)
                .flatMap(day -> IntStream.range(0, 24 * 60)
                        .map(minute -> 24 * 60 - 1 - minute)
                        .filter(minute -> fits(hours, minute / 60) && fits(minutes, minute % 60))
                        .mapToObj(minute -> day.atTime(minute / 60, minute % 60)))
                .filter(time -> !time.isAfter(end))
                .findFirst()
                .map(time -> time.atZone(zone).toInstant());
    }

    private boolean on(LocalDate day) {
        boolean ofMonth = fits(days, day.getDayOfMonth());
        boolean ofWeek = fits(weekdays, day.getDayOfWeek().getValue() % 7);
        boolean either = !days.isEmpty() && !weekdays.isEmpty();
        return fits(months, day.getMonthValue()) && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private static boolean fits(List<Integer> values, int value) {
        return values.isEmpty() || values.contains(value);
    }

    private static String part(List<Integer> values) {
        return values.isEmpty() ? "*" : values.stream().map("%02d"::formatted).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return written + " " + zone;
    }
}
