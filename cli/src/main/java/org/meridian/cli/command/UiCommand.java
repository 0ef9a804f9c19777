package org.meridian.cli.command;

import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Version;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.web.Dashboard;
import org.meridian.web.security.TokenFile.Kept;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the app in a browser. */
@Command(
        name = "ui",
        description = {
            "Runs the dashboard until Ctrl-C: the world, pools, servers and containers, rollouts, logs, terminals.",
            "It listens on 127.0.0.1 and lets in whoever has the token, which is printed once and kept in"
                    + " .meridian/ui-token."
        },
        footer = {
            "",
            "Examples:",
            "  meridian ui --open",
            "  meridian ui --port 0 --read-only",
            "  meridian ui --listen 0.0.0.0 --host-name dash.example.com --tls-certificate cert.pem --tls-key key.pem",
            "  meridian ui --trusted-proxy 10.0.0.2 --trusted-proxy-header X-Forwarded-User --listen 10.0.0.1"
        })
final class UiCommand implements Callable<Integer> {
    @Mixin
    private UiOptions options = new UiOptions();

    @Option(names = "--open", description = "Open it in this machine's browser, logged in.")
    private boolean open;

    private final Session session;

    UiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "", (meridian, view) -> {
            UiTokens tokens = UiTokens.in(
                    session.options().directory().resolve(".meridian"), options.newToken(), options.readOnly());
            try (Dashboard dashboard = meridian.dashboard(options.settings(tokens.tokens()), Version.number())) {
                tell(view, dashboard.address(), tokens);
                if (open) {
                    new Browsers(session.tools().commands(), tokens.directory())
                            .open(linked(dashboard.address(), tokens.operator()));
                }
                new CountDownLatch(1).await();
                return ExitCode.DONE;
            } catch (InterruptedException e) {
                // Ctrl-C is how a dashboard ends.
                return ExitCode.DONE;
            }
        });
    }

    private static void tell(View view, URI address, UiTokens tokens) {
        if (tokens.operator().fresh()) {
            view.show(new Report.Done("The dashboard is at " + linked(address, tokens.operator())));
            view.remark("The token in this address lets whoever has it act. It is not shown again; it is kept in "
                    + tokens.operatorFile() + ".");
        } else {
            view.show(new Report.Done("The dashboard is at " + address));
            view.remark("Log in with the token in " + tokens.operatorFile() + ", or use --open.");
        }
        tokens.viewer().ifPresent(viewer -> {
            if (viewer.fresh()) {
                view.show(new Report.Done("For those who only look it is at " + linked(address, viewer)));
            } else {
                view.remark("For those who only look the token is in " + tokens.viewerFile() + ".");
            }
        });
        view.remark("Ctrl-C ends it.");
    }

    /** A fragment is sent to no server and stands in no server's log (RFC 3986, 3.5). */
    private static String linked(URI address, Kept token) {
        return address + "/#token=" + token.token().reveal();
    }
}
