package org.meridian.core.model;

/** How the servers of a region get the images of the registry that has the app's. */
public enum ImageRoute {
    /** They pull them. */
    REGISTRY,
    /** Through the machine that deploys, which alone reaches the registry and logs in there. */
    THROUGH_DEPLOYER
}
