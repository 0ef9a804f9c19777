package org.meridian.web.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's own files, and those of the libraries that it uses; they hold no data, so everybody gets them. */
public final class PageFiles {
    private static final String PAGE = "/org/meridian/web/page/";
    private static final String LIBRARY = "/lib/";

    /** No dot at the beginning of a name, so no way up. */
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9_.-]*+/)*+[A-Za-z0-9_-][A-Za-z0-9_.-]*+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    /** What the page takes from WebJars; nothing else of the class path is given out. */
    private static final Set<String> LIBRARIES = Set.of("lit-html", "xterm", "xterm-addon-fit");

    private final Map<String, Optional<PageFile>> files = new ConcurrentHashMap<>();

    /** Answers with a file of the page. */
    public void get(Context context) {
        String path = context.path();
        String name = path.equals("/") ? "index.html" : path.equals("/login") ? "login.html" : path.substring(1);
        PageFile file = known(name).orElseThrow(() -> JsonAnswers.missing("there is no " + name));
        context.header("ETag", file.tag()).header("Cache-Control", "no-cache");
        if (file.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(file.type()).result(file.content());
        }
    }

    /** Only what exists is remembered, or foreign names would fill the memory. */
    private Optional<PageFile> known(String name) {
        Optional<PageFile> known = files.getOrDefault(name, Optional.empty());
        if (known.isPresent()) {
            return known;
        }
        Optional<PageFile> found = read(name);
        found.ifPresent(file -> files.put(name, found));
        return found;
    }

    private static Optional<PageFile> read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || name.length() > 200 || !PATH.matcher(name).matches()) {
            return Optional.empty();
        }
        return resource(name).flatMap(PageFiles::content).map(content -> PageFile.of(type, content));
    }

    private static Optional<String> resource(String name) {
        String path = "/" + name;
        if (!path.startsWith(LIBRARY)) {
            return Optional.of(PAGE + name);
        }
        String[] parts = path.substring(LIBRARY.length()).split("/", 2);
        boolean code = name.endsWith(".js") || name.endsWith(".css");
        return parts.length == 2 && code && LIBRARIES.contains(parts[0])
                ? version(parts[0])
                        .map(version -> "/META-INF/resources/webjars/" + parts[0] + "/" + version + "/" + parts[1])
                : Optional.empty();
    }

    private static Optional<String> version(String library) {
        return content("/META-INF/maven/org.webjars.npm/" + library + "/pom.properties")
                .map(bytes -> {
                    Properties properties = new Properties();
                    try {
                        properties.load(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return properties.getProperty("version");
                });
    }

    private static Optional<byte[]> content(String resource) {
        try (@Nullable InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record PageFile(String type, String tag, byte[] content) {
        static PageFile of(String type, byte[] content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
                return new PageFile(type, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"', content);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
