package org.meridian.drivers.ssh;

import java.time.Duration;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;

/** An app of a few megabytes: answers 200 on port 3000, made from programs of the machine image. */
final class TinyApp {
    private static final ImageReference IMAGE = ImageReference.parse("meridian-tiny-app:test");

    private static final String DOCKERFILE = """
            ARG BASE
            FROM $BASE AS parts
            RUN mkdir -p /out/bin && for program in dash cat env sleep socat; do \\
                  cp "$(command -v $program)" /out/bin/ && \\
                  for library in $(ldd "$(command -v $program)" | grep -o '/[^ ]*'); do \\
                    install -D "$library" "/out$library"; done; done && \\
                ln -s dash /out/bin/sh && \\
                printf '#!/bin/sh\\nread -r line\\nprintf "HTTP/1.0 200 OK\\\\r\\\\n\\\\r\\\\nfine\\\\n"\\n' >/out/answer && \\
                chmod +x /out/answer
            FROM scratch
            COPY --from=parts /out /
            CMD ["/bin/socat", "TCP-LISTEN:3000,fork,reuseaddr", "EXEC:/answer"]
            """;

    private TinyApp() {}

    static ImageReference build(LocalImage machine, LocalProcesses processes) throws InterruptedException {
        processes
                .run(Command.of("env", "DOCKER_BUILDKIT=0", "docker", "build", "--quiet", "--network", "none")
                        .with("--build-arg", "BASE=" + machine.reference(), "--tag", IMAGE.toString(), "-")
                        .reading(DOCKERFILE)
                        .within(Duration.ofMinutes(3)))
                .expect("building the tiny app", "");
        return IMAGE;
    }
}
