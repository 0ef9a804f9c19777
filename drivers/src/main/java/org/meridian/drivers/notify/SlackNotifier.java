package org.meridian.drivers.notify;

import java.time.Duration;
import java.util.Map;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Notifier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a message as Slack's incoming webhooks take it; others, such as Mattermost's, take the same.
 *
 * @see <a href="https://api.slack.com/messaging/webhooks">Sending messages using incoming webhooks</a>
 */
public final class SlackNotifier implements Notifier {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Post post;

    /** Tells this address. */
    public SlackNotifier(Secret address) {
        this(address, WITHIN);
    }

    SlackNotifier(Secret address, Duration within) {
        this.post = new Post("Slack", address, within);
    }

    @Override
    public void tell(String sentence, Map<String, String> facts) throws InterruptedException {
        post.send(JSON.writeValueAsString(Map.of("text", escaped(sentence))));
    }

    /** The three characters that mean something to Slack (its "Formatting text", section "Escaping text"). */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
