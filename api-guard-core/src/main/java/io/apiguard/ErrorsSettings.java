package io.apiguard;

import io.apiguard.GuardSettings.Rendering;
import io.apiguard.internal.settings.Setting;

/**
 * What becomes of errors that handlers leave to the container; refusals are always the guard's own.
 *
 * @param render who answers when a handler throws or calls sendError
 */
public record ErrorsSettings(
        @Setting(description = "Who answers when a handler throws or calls sendError.", defaultValue = "problem")
        Rendering render) {}
