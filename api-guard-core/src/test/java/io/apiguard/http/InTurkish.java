package io.apiguard.http;

import java.util.Locale;

/** Runs a test where {@code "I".toLowerCase()} is not {@code "i"}, and puts the default locale back. */
final class InTurkish {

    private InTurkish() {}

    static void run(Runnable test) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            test.run();
        } finally {
            Locale.setDefault(before);
        }
    }
}
