package org.meridian.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meridian.core.model.Schedule;

/** Reads the five fields of crontab(5); every time is spelt out, so that nothing is left to the one who runs it. */
final class CronText {
    private static final CronDefinition UNIX = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final ZonedDateTime SOME_DAY = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final String text;
    private final Cron cron;

    private CronText(String text) {
        this.text = text;
        this.cron = parsed(text);
    }

    /** The schedule; throws IllegalArgumentException, which says why, for what is none or means different times to different crons. */
    static Schedule read(String text, ZoneId zone) {
        return new CronText(text).in(zone);
    }

    private static Cron parsed(String text) {
        try {
            return new CronParser(UNIX).parse(text).validate();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no schedule: " + reason(e), e);
        }
    }

    private static String reason(IllegalArgumentException problem) {
        String said = String.valueOf(problem.getMessage()).replaceFirst("^Failed to parse cron expression\\. ", "");
        return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    }

    private Schedule in(ZoneId zone) {
        requireOneMeaning();
        if (ExecutionTime.forCron(cron).nextExecution(SOME_DAY).isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' never comes");
        }
        return new Schedule(
                text,
                zone,
                values(CronFieldName.MINUTE, 0, 59),
                values(CronFieldName.HOUR, 0, 23),
                values(CronFieldName.DAY_OF_MONTH, 1, 31),
                values(CronFieldName.MONTH, 1, 12),
                values(CronFieldName.DAY_OF_WEEK, 0, 7).stream()
                        .map(day -> day % 7)
                        .toList());
    }

    /** To some crons a field that begins with an asterisk is no restriction, so that both days have to fit, to others it is one. */
    private void requireOneMeaning() {
        FieldExpression day = expression(CronFieldName.DAY_OF_MONTH);
        FieldExpression weekday = expression(CronFieldName.DAY_OF_WEEK);
        boolean both = !(day instanceof Always) && !(weekday instanceof Always);
        if (both && (starred(day) || starred(weekday))) {
            throw new IllegalArgumentException(
                    "'" + text + "' means other days to other crons: a step of '*' for one kind"
                            + " of days beside the other kind");
        }
    }

    private static boolean starred(FieldExpression expression) {
        return expression instanceof Every every && every.getExpression() instanceof Always;
    }

    private FieldExpression expression(CronFieldName field) {
        return cron.retrieve(field).getExpression();
    }

    /** Empty for an asterisk. */
    private List<Integer> values(CronFieldName field, int least, int most) {
        FieldExpression expression = expression(field);
        return expression instanceof Always
                ? List.of()
                : values(expression, least, most).boxed().toList();
    }

    private IntStream values(FieldExpression expression, int least, int most) {
        return switch (expression) {
            case Always all -> IntStream.rangeClosed(least, most);
            case On on -> IntStream.of(on.getTime().getValue());
            case Between between -> range(between);
            case Every every -> stepped(every, least, most);
            case And and ->
                Stream.of(and.getExpressions().toArray(FieldExpression[]::new))
                        .flatMapToInt(part -> values(part, least, most));
            default -> throw unknown(expression);
        };
    }

    private static IntStream range(Between between) {
        return IntStream.rangeClosed((Integer) between.getFrom().getValue(), (Integer)
                between.getTo().getValue());
    }

    private IntStream stepped(Every every, int least, int most) {
        if (every.getExpression() instanceof On) {
            throw unknown(every);
        }
        int step = every.getPeriod().getValue();
        if (step < 1) {
            throw unknown(every);
        }
        int[] all = values(
                        every.getExpression(), least, every.getExpression() instanceof Always && most == 7 ? 6 : most)
                .toArray();
        return IntStream.range(0, all.length).filter(i -> i % step == 0).map(i -> all[i]);
    }

    private IllegalArgumentException unknown(FieldExpression part) {
        return new IllegalArgumentException("'" + text + "' is no schedule: '" + part.asString()
                + "' is not in crontab(5); write a range before a step");
    }
}
