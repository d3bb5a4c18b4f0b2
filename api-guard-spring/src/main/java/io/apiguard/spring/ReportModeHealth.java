package io.apiguard.spring;

import io.apiguard.Guard;
import io.apiguard.GuardSettings.Mode;
import java.util.Map;
import java.util.TreeMap;

/** What health says of a guard: that it refuses, or that it or some endpoints only report, which nobody should forget. */
final class ReportModeHealth {

    private ReportModeHealth() {}

    /** Whether something is only reported, so that the status is unknown instead of up; the application stays in service. */
    static boolean isUnguarded(Guard guard) {
        return guard.settings().mode() == Mode.REPORT || reportingEndpoints(guard) > 0;
    }

    static Map<String, Object> details(Guard guard) {
        boolean enforces = guard.settings().mode() == Mode.ENFORCE;
        Map<String, Object> details = new TreeMap<>();
        details.put("mode", enforces ? "enforce" : "report: nothing is refused");
        if (reportingEndpoints(guard) > 0) {
            details.put("endpoints that only report", reportingEndpoints(guard));
        }
        return details;
    }

    private static long reportingEndpoints(Guard guard) {
        return guard.policies().stream().filter(policy -> policy.reportOnly()).count();
    }
}
