package org.meridian.drivers.cloudflare;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.drivers.cloudflare.PlainHttp.Request;

/**
 * Cloudflare's own description of its API (OpenAPI), in the folder that the variable {@code MERIDIAN_CONTRACTS} names:
 * every request of ours and every answer of the fake has to be as it says. Without the variable nothing is checked.
 */
final class OfficialDescription {
    /** The variable that names the folder of descriptions. */
    static final String VARIABLE = "MERIDIAN_CONTRACTS";

    private static final String FILE = "cloudflare-load-balancing.openapi.json";

    private final Optional<OpenApiInteractionValidator> validator;
    private final Optional<OpenApiInteractionValidator> strict;
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checked = new AtomicInteger();

    private OfficialDescription(Optional<Path> file) {
        this.validator = file.map(path -> validator(path, Level.IGNORE));
        this.strict = file.map(path -> validator(path, Level.ERROR));
    }

    /** The description; an empty one where the variable names no folder that has it. */
    static OfficialDescription load() {
        return new OfficialDescription(file());
    }

    /** Fields that the description does not know can be found where it is one schema, not a sum of several. */
    private static OpenApiInteractionValidator validator(Path file, Level unknownFields) {
        return OpenApiInteractionValidator.createForSpecificationUrl(
                        file.toUri().toString())
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.schema.additionalProperties", unknownFields)
                        .build())
                .build();
    }

    private static Optional<Path> file() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .map(folder -> Path.of(folder, FILE))
                .filter(Files::isReadable);
    }

    boolean present() {
        return validator.isPresent();
    }

    /** How many exchanges were checked. */
    int checked() {
        return checked.get();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * Checks one exchange; an answer of 5xx is in no description, and tokens of accounts and further pages of lists of load
     * balancing, whose answers may say that there are some, are not in this one.
     */
    void check(Request request, int status, String answer) {
        boolean described = status < 500 && !request.path().matches(".*(/accounts/\\w+/tokens/verify|[?]page=.*)");
        if (validator.isPresent() && described) {
            checked.incrementAndGet();
            keep(request, answer, validator.get().validate(simple(request), response(status, answer)));
            if (strict.isPresent() && !request.path().matches(".*/(monitors|dns_records).*")) {
                keep(request, answer, strict.get().validateRequest(simple(request)));
            }
        }
    }

    private void keep(Request request, String answer, ValidationReport report) {
        report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .forEach(message -> violations.add(message.getMessage() + ": " + request.method() + " " + request.path()
                        + " " + request.body() + " -> " + answer));
    }

    private static SimpleRequest simple(Request request) {
        String[] parts = request.path().split("[?=]", -1);
        SimpleRequest.Builder simple = new SimpleRequest.Builder(request.method(), parts[0]);
        request.headers().forEach(simple::withHeader);
        for (int i = 1; i + 1 < parts.length; i += 2) {
            simple.withQueryParam(parts[i], parts[i + 1]);
        }
        return (request.body().isEmpty() ? simple : simple.withBody(request.body())).build();
    }

    private static SimpleResponse response(int status, String answer) {
        return SimpleResponse.Builder.status(status)
                .withContentType("application/json")
                .withBody(answer)
                .build();
    }
}
