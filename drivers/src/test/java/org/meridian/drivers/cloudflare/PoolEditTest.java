package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import tools.jackson.databind.node.MissingNode;

final class PoolEditTest {
    @Test
    void a_new_origin_is_enabled_also_at_weight_0_and_a_disabled_one_stays_so() {
        PoolEdit edit = edit(List.of(off("old")), to("old", 0), to("new", 0));

        assertThat(edit.wanted()).extracting(CloudflareOrigin::enabled).containsExactly(false, true);
        assertThat(edit.coming(any -> true)).isEmpty();
    }

    @Test
    void what_comes_back_stands_beside_the_others_before_they_lose_a_user() {
        PoolEdit edit = edit(List.of(off("old"), on("new", 100), on("gone", 40)), to("old", 100), to("new", 0));

        assertThat(edit.coming(any -> false)).containsExactly(on("old", 100));
        assertThat(edit.beside()).containsExactlyInAnyOrder(on("old", 100), on("new", 100), on("gone", 40));
        assertThat(edit.wanted()).containsExactly(on("old", 100), on("new", 0));
    }

    @Test
    void what_rises_is_waited_for_only_where_its_health_is_not_known_and_others_lose_users() {
        List<CloudflareOrigin> now = List.of(on("old", 100), on("new", 10));

        assertThat(edit(now, to("old", 0), to("new", 100)).coming(any -> true)).containsExactly(on("new", 100));
        assertThat(edit(now, to("old", 0), to("new", 100)).coming(any -> false)).isEmpty();
        assertThat(edit(now, to("old", 100), to("new", 100)).coming(any -> true))
                .isEmpty();
    }

    @Test
    void an_origin_that_falls_is_never_waited_for() {
        List<CloudflareOrigin> now = List.of(on("dead", 100), on("new", 10));

        assertThat(edit(now, to("dead", 50), to("new", 50))
                        .coming(o -> o.server().value().equals("dead")))
                .isEmpty();
    }

    @Test
    void a_pool_that_has_what_is_wanted_is_not_written_again_whatever_the_order() {
        CloudflarePool pool = pool(List.of(on("a", 100), off("b")));

        assertThat(pool.has(edit(pool.origins(), to("b", 0), to("a", 100)).wanted()))
                .isTrue();
        assertThat(pool.has(edit(pool.origins(), to("b", 0), to("a", 99)).wanted()))
                .isFalse();
    }

    @Test
    void a_share_of_one_percent_is_written_as_a_hundredth() {
        assertThat(on("a", 1).json().path("weight").asString()).isEqualTo("0.01");
        assertThat(CloudflareOrigin.of(on("a", 7).json())).contains(on("a", 7));
    }

    private static PoolEdit edit(List<CloudflareOrigin> now, OriginTarget... wanted) {
        return PoolEdit.of(pool(now), new PoolTarget(Stage.EU, List.of(wanted)));
    }

    private static CloudflarePool pool(List<CloudflareOrigin> origins) {
        return new CloudflarePool("id", Stage.EU, origins, MissingNode.getInstance(), Instant.EPOCH);
    }

    private static CloudflareOrigin on(String name, int weight) {
        return new CloudflareOrigin(new ServerName(name), address(name), new Weight(weight), true, null);
    }

    private static CloudflareOrigin off(String name) {
        return new CloudflareOrigin(new ServerName(name), address(name), Weight.NONE, false, Instant.EPOCH);
    }

    private static OriginTarget to(String name, int weight) {
        return new OriginTarget(new ServerName(name), address(name).toString(), new Weight(weight));
    }

    /** Different for each name. */
    private static OriginAddress address(String name) {
        return new OriginAddress(name + ".example.com", 3000);
    }
}
