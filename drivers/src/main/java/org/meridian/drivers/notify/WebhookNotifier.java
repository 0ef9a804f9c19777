package org.meridian.drivers.notify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Notifier;
import tools.jackson.databind.json.JsonMapper;

/** Posts one JSON object: the facts, each a string, and the sentence as {@code text}. */
public final class WebhookNotifier implements Notifier {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Post post;

    /** Tells this address. */
    public WebhookNotifier(Secret address) {
        this(address, WITHIN);
    }

    WebhookNotifier(Secret address, Duration within) {
        this.post = new Post("a webhook", address, within);
    }

    @Override
    public void tell(String sentence, Map<String, String> facts) throws InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("text", sentence);
        post.send(JSON.writeValueAsString(all));
    }
}
