package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;

/**
 * How an app's local containers, networks and labels are named; everything Meridian makes bears the app's label.
 *
 * @param app the app
 */
public record LocalNames(AppName app) {
    /** The label whose value is the app; what lacks it is never touched. */
    public static final String APP = "dev.meridian.app";

    /** The label that tells servers, edge, registry and networks apart. */
    public static final String ROLE = "dev.meridian.role";

    /** The label whose value is the region. */
    public static final String REGION = "dev.meridian.region";

    /** The label of a server whose value is the release it was made for, such as r3. */
    public static final String RELEASE = "dev.meridian.release";

    /** The label of a server whose value is the release's fingerprint. */
    public static final String REVISION = "dev.meridian.revision";

    /** The label of a server whose value is its name. */
    public static final String SERVER = "dev.meridian.server";

    /** The label that holds the identity of the state from which a server was made. */
    public static final String STORE = "dev.meridian.store";

    /** The label that holds who made that state. */
    public static final String MAKER = "dev.meridian.store-maker";

    /** Checks that the app is there. */
    public LocalNames {
        requireNonNull(app, "app is null");
    }

    /** The network of a region's servers; the edge and the registry are attached to it too. */
    public String network(RegionName region) {
        return "meridian-" + app + "-" + region;
    }

    /** The container of the app's registry. */
    public String registry() {
        return "meridian-" + app + "-registry";
    }

    /** The container of the app's edge. */
    public String edge() {
        return "meridian-" + app + "-edge";
    }

    /** A label with its value, as Docker's options take it. */
    public static String label(String key, Object value) {
        return key + "=" + value;
    }

    /** The label that everything of the app bears, with its value. */
    public String appLabel() {
        return label(APP, app);
    }
}
