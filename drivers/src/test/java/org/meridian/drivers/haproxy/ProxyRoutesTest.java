package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.testkit.TrafficApp;

class ProxyRoutesTest {
    private static final AppName NAME = new AppName("journal");
    private static final App APP = TrafficApp.of(NAME, 80, Optional.empty());
    private static final LocalProcesses NO_PROCESS = new LocalProcesses();
    private static final EdgeMachine MACHINE =
            new LocalEdge(new LocalNames(NAME), new LocalImage(LocalImage.userCache(), NO_PROCESS), 8080, NO_PROCESS);
    private static final Proxy FIRST = proxy(TrafficApp.US, "10.0.0.1");
    private static final Proxy SECOND = proxy(TrafficApp.US, "10.0.0.2");
    private static final Proxy PRIMARY = proxy(TrafficApp.EU, "2001:db8::3");
    private static final Proxy FAR = proxy(TrafficApp.AP, "10.0.0.4");
    private static final List<Proxy> ALL = List.of(FAR, FIRST, SECOND, PRIMARY);

    private static Proxy proxy(RegionName region, String address) {
        return new Proxy(region, address, MACHINE);
    }

    private static ProxyRoutes routes(Proxy self, List<Proxy> all) {
        return new ProxyRoutes(APP, self, all, List.of("198.51.100.0/24"), "check inter 400ms");
    }

    @Test
    void aProxyHasItsOwnRegionsPoolAndTriesItFirst() {
        assertThat(routes(FIRST, ALL).pools()).containsExactly(TrafficApp.US);
        assertThat(routes(FIRST, ALL).first()).isEqualTo("journal.pool-us");
    }

    @Test
    void thenTheRegionsOtherMachinesThenThePrimaryThenTheOthers() {
        assertThat(routes(FIRST, ALL).order())
                .contains("str(/journal.pool-us/journal.via-us/journal.via-eu/journal.via-ap)");
        assertThat(routes(PRIMARY, ALL).order()).contains("str(/journal.pool-eu/journal.via-us/journal.via-ap)");
    }

    @Test
    void aRequestFromAnotherMachineIsAnsweredHereOrNowhere() {
        assertThat(routes(FIRST, ALL).order())
                .contains("str(/journal.pool-us) if { req.hdr(X-Meridian-Here) -m found }");
        assertThat(routes(FIRST, ALL).client())
                .contains("set-header X-Meridian-Here 1 if { req.hdr(X-Meridian-Hop) -m found }");
    }

    @Test
    void itSendsOnToTheProxiesOfOtherMachinesAndNeverToItself() {
        String beyond = routes(FIRST, ALL).beyond();

        assertThat(beyond)
                .contains("backend journal.via-us from journal", "server 10.0.0.2 10.0.0.2:80 check inter 400ms")
                .contains(
                        "backend journal.via-eu from journal", "server 2001-db8--3 [2001:db8::3]:80 check inter 400ms")
                .contains("backend journal.via-ap from journal", "server 10.0.0.4 10.0.0.4:80 check inter 400ms")
                .doesNotContain("server 10.0.0.1 ");
        assertThat(routes(FIRST, List.of(FIRST)).beyond()).isEmpty();
    }

    @Test
    void onlyTheAppsOtherMachinesAndWhatStandsBeforeThemMaySayWhoTheUserIs() {
        assertThat(routes(FIRST, ALL).client().lines().filter(line -> line.contains(" acl ")))
                .as("one in a line, since HAProxy takes 64 words")
                .containsExactly(
                        "    acl believed src 127.0.0.1",
                        "    acl believed src 10.0.0.2",
                        "    acl believed src 2001:db8::3",
                        "    acl believed src 10.0.0.4",
                        "    acl believed src 198.51.100.0/24");
        assertThat(routes(FIRST, ALL).client()).contains("del-header X-Forwarded-For unless believed");
    }

    @Test
    void aServerIsReachedOnTheMachineItselfAndSeenUnderTheMachinesAddress() {
        assertThat(PRIMARY.has("[2001:db8::3]:20001")).isTrue();
        assertThat(FIRST.has("10.0.0.10:20001")).isFalse();
        assertThat(Proxy.beside("[2001:db8::3]:20001")).isEqualTo("127.0.0.1:20001");
        assertThat(PRIMARY.outside("127.0.0.1:20001")).isEqualTo("[2001:db8::3]:20001");
    }
}
