package org.meridian.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.NotifySettings;
import org.meridian.core.model.NotifySettings.Form;

/** Reads where a rollout's start and end are told. */
final class NotifyReader {
    private static final String EXAMPLE = "Write '- slack: env:SLACK_WEBHOOK_URL' below it.";

    private final SecretAddress addresses;

    NotifyReader(SecretAddress addresses) {
        this.addresses = addresses;
    }

    /** The places in order; one whose address is not set is left out, with a warning. */
    List<NotifySettings> read(Optional<Field> notify) {
        List<NotifySettings> all = new ArrayList<>();
        for (Field item : notify.map(NotifyReader::items).orElse(List.of())) {
            if (item.isMapping()) {
                add(item.section(), all);
            } else {
                wrongType(item);
            }
        }
        return all;
    }

    private static List<Field> items(Field notify) {
        if (!notify.isList()) {
            wrongType(notify);
            return List.of();
        }
        return notify.items(EXAMPLE).orElse(List.of());
    }

    private void add(Section item, List<NotifySettings> all) {
        Optional<Field> slack = item.find("slack");
        Optional<Field> webhook = item.find("webhook");
        slack.flatMap(addresses::read).ifPresent(address -> all.add(new NotifySettings(Form.SLACK, address)));
        webhook.flatMap(addresses::read).ifPresent(address -> all.add(new NotifySettings(Form.WEBHOOK, address)));
        if (item.empty()) {
            item.error("missing-key", "neither slack nor webhook is here", EXAMPLE);
        }
    }

    /** Does not repeat the value, which may be an address. */
    private static void wrongType(Field field) {
        field.error("wrong-type", "this is not a list of 'slack:' and 'webhook:' lines", EXAMPLE);
    }
}
