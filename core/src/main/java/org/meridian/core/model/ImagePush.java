package org.meridian.core.model;

/** Whether the app's image goes to the servers from the engine of the machine that deploys. */
public enum ImagePush {
    /** Servers pull it from the registry that its name begins with. */
    NEVER,
    /** Where that engine has it; otherwise servers pull it. */
    WHERE_PRESENT,
    /** Always. */
    ALWAYS
}
