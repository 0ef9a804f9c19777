package org.meridian.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.Server.State;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.FleetView.Unseen;

class FleetViewTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");
    private static final ServerName NAME = new ServerName("journal-eu-r1-1");

    @Test
    void aServerThatIsMissingWhereEverythingWasSeenIsGone() {
        assertThat(new FleetView(List.of(), List.of(outOfReach(US))).gone(EU, NAME))
                .isTrue();
    }

    @Test
    void aServerThatIsMissingWhereAMachineIsOutOfReachIsNotTakenForGone() {
        assertThat(new FleetView(List.of(), List.of(outOfReach(EU))).gone(EU, NAME))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsThereIsGoneOnlyWhenItIsStopped(State state) {
        Server server = new Server(NAME, EU, new ReleaseId(1), "1", Optional.of("10.0.0.1"), Optional.empty(), state);

        assertThat(FleetView.whole(List.of(server)).gone(EU, NAME)).isEqualTo(state == State.STOPPED);
    }

    private static Unseen outOfReach(RegionName region) {
        return new Unseen(region, Diagnostic.of("test", "no SSH connection to machine 1", "See."));
    }
}
