package org.meridian.drivers.cloudflare;

import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/** Says what a call came to that Cloudflare did not do, and what to do about it. */
final class ApiFailures {
    /** The variable that the token stands in. */
    static final String TOKEN = "CLOUDFLARE_API_TOKEN";

    /** The code of a failure for want of a permission. */
    static final String PERMISSION = "cloudflare-permission";

    /** The code of a failure for what was asked. */
    static final String REFUSED = "cloudflare-refused";

    /** The code of a failure for a token that Cloudflare does not know. */
    static final String UNKNOWN_TOKEN = "cloudflare-token";

    private static final String UNREACHABLE = "cloudflare-unreachable";
    private static final String TROUBLE = "cloudflare-trouble";
    private static final int LONGEST_DETAIL = 1000;

    private final Secret token;

    ApiFailures(Secret token) {
        this.token = token;
    }

    /** The failure of a call. */
    Failure of(ApiRequest request, Reply reply) {
        Diagnostic problem = problem(request, reply).withDetail(detail(reply));
        return passes(reply) ? Failure.noAnswer(problem) : Failure.of(problem);
    }

    private static boolean passes(Reply reply) {
        return reply.status() == 0 || reply.status() == Reply.TOO_MANY || reply.status() >= 500;
    }

    /** Whether it may be another way when asked again, because nobody knows what Cloudflare did. */
    static boolean unclear(Failure failure) {
        String code = failure.diagnostic().code();
        return code.equals(UNREACHABLE) || code.equals(TROUBLE);
    }

    static boolean unknownToken(Failure failure) {
        return failure.diagnostic().code().equals(UNKNOWN_TOKEN);
    }

    private static Diagnostic problem(ApiRequest request, Reply reply) {
        if (tokenRefused(reply)) {
            return Diagnostic.of(
                    UNKNOWN_TOKEN,
                    "Cloudflare does not accept the token in " + TOKEN,
                    "Make one under My Profile > API Tokens, set " + TOKEN + " to it, and run 'meridian doctor'.");
        }
        return switch (reply.status()) {
            case 0 ->
                Diagnostic.of(
                        UNREACHABLE,
                        "Cloudflare's API " + reply.trouble() + ", asked to " + request.purpose(),
                        "See whether this machine reaches it and what www.cloudflarestatus.com says; then run the"
                                + " command again.");
            case 403 ->
                Diagnostic.of(
                        PERMISSION,
                        "the token in " + TOKEN + " may not " + request.purpose(),
                        "Give it the permission '" + request.permission().words()
                                + "', for this account and zone, and run the command again.");
            case Reply.NOT_FOUND ->
                Diagnostic.of(
                        "cloudflare-missing",
                        "Cloudflare has not what it takes to " + request.purpose(),
                        "Somebody may have removed it: run 'meridian deploy', which makes what is missing.");
            case Reply.TOO_MANY ->
                Diagnostic.of(
                        "cloudflare-rate-limit",
                        "Cloudflare limits the requests of this token's user and would not " + request.purpose()
                                + asksToWait(reply),
                        "See what else uses the API with it; run the command again in five minutes.");
            default -> reply.status() >= 500 ? trouble(request, reply) : refused(request, reply);
        };
    }

    private static Diagnostic trouble(ApiRequest request, Reply reply) {
        return Diagnostic.of(
                TROUBLE,
                "Cloudflare's API answered " + reply.status() + ", asked to " + request.purpose(),
                "See www.cloudflarestatus.com; then run the command again.");
    }

    private static Diagnostic refused(ApiRequest request, Reply reply) {
        return Diagnostic.of(
                REFUSED,
                "Cloudflare refused to " + request.purpose() + " (" + reply.status() + ")",
                "Correct what it names; a limit or a setting of your plan may be the reason.");
    }

    private static String asksToWait(Reply reply) {
        return reply.retryAfter()
                .map(wait -> "; it asks to wait another " + Durations.spoken(wait))
                .orElse("");
    }

    /** 401; or a token that has not even the form of one (6003, 6111), or that is unknown (1000, 9109). */
    private static boolean tokenRefused(Reply reply) {
        return reply.status() == 401
                || (reply.status() == 400 && (reply.hasError(6003) || reply.hasError(6111)))
                || (reply.status() == 403 && reply.hasError(9109));
    }

    /** Cloudflare's words, in which the token would be hidden should it ever be repeated there. */
    private String detail(Reply reply) {
        String words = reply.words().replace(token.reveal(), token.toString());
        return words.length() <= LONGEST_DETAIL ? words : words.substring(0, LONGEST_DETAIL) + "…";
    }
}
