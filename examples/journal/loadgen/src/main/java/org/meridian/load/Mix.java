package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws requests at random, in the shares asked for. Pages of posts are chosen among those that this run has written,
 * often the newest one: it must be found at once, in every region. One thread draws; any thread may report a new post.
 */
final class Mix {
    private static final int REMEMBERED_POSTS = 200;

    private final double slowShare;
    private final double writeShare;
    private final double ownConnectionShare;
    private final List<String> countries;
    private final RandomGenerator random;
    private final List<String> posts = new ArrayList<>();

    /** Shares are from 0 to 1; what slow requests and writes leave is for pages. */
    Mix(double slow, double write, double ownConnection, List<String> countries, RandomGenerator random) {
        slowShare = share("--slow-share", slow);
        writeShare = share("--post-share", write);
        ownConnectionShare = share("--new-share", ownConnection);
        share("--slow-share and --post-share together", slow + write);
        for (String country : countries) {
            if (!country.matches("[A-Z]{2}")) {
                throw new IllegalArgumentException("--countries has '%s', but must be like DE,US".formatted(country));
            }
        }
        this.countries = List.copyOf(countries);
        this.random = requireNonNull(random, "random is null");
    }

    private static double share(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + share);
        }
        return share;
    }

    /** The next request. */
    Call next() {
        double draw = random.nextDouble();
        if (draw < slowShare) {
            return call(Kind.SLOW, "/slow?seconds=2", "");
        }
        if (draw < slowShare + writeShare) {
            return call(Kind.WRITE, "/posts", "title=Load+" + random.nextInt(100_000) + "&body=Written+*under*+load.");
        }
        return page(random.nextInt(100));
    }

    private Call page(int draw) {
        String post = draw < 60 ? knownPost() : "";
        if (!post.isEmpty()) {
            return call(Kind.POST, post, "");
        }
        if (draw < 80) {
            return call(Kind.LIST, "/", "");
        }
        return draw < 90 ? call(Kind.ABOUT, "/about", "") : call(Kind.FEED, "/feed", "");
    }

    private Call call(Kind kind, String path, String body) {
        String country = countries.get(random.nextInt(countries.size()));
        return new Call(kind, path, body, country, random.nextDouble() < ownConnectionShare);
    }

    private synchronized String knownPost() {
        if (posts.isEmpty()) {
            return "";
        }
        return random.nextBoolean() ? posts.getLast() : posts.get(random.nextInt(posts.size()));
    }

    /** Remembers the path of a post that was just written. */
    synchronized void written(String path) {
        posts.add(path);
        if (posts.size() > REMEMBERED_POSTS) {
            posts.removeFirst();
        }
    }
}
