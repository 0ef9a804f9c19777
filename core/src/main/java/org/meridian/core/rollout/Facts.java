package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;

/**
 * What hooks and notifications are told, by the names of docs/hooks.md; what is not known yet is left out.
 *
 * @param asMap the facts, in order
 */
public record Facts(Map<String, String> asMap) {
    /** Copies the facts. */
    public Facts {
        asMap = Collections.unmodifiableMap(new LinkedHashMap<>(asMap));
    }

    /** The app, its regions and who acts. */
    public static Facts of(AppName app, List<RegionName> regions, String who) {
        return new Facts(Map.of())
                .with("app", app.value())
                .with("regions", regions.stream().map(RegionName::value).collect(Collectors.joining(",")))
                .with("who", requireNonNull(who, "who is null"));
    }

    /** With what a rollout sets out to do. */
    public Facts with(RolloutRecord rollout) {
        Facts facts = with("rollout", Integer.toString(rollout.number()))
                .with("kind", rollout.kind().name().toLowerCase(Locale.ROOT))
                .with("release", rollout.to().toString());
        return rollout.from()
                .map(ReleaseId::toString)
                .map(previous -> facts.with("previous", previous))
                .orElse(facts);
    }

    /** With the region that it is about. */
    public Facts with(RegionName region) {
        return with("region", region.value());
    }

    /** With how it ended. */
    public Facts with(Receipt.Outcome outcome) {
        return with("outcome", outcome.written());
    }

    private Facts with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(asMap);
        more.put(name, value);
        return new Facts(more);
    }
}
