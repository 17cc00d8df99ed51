package io.minimalcluster.worker.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells of a misspelt setting in a sentence and without a stack trace. */
final class UnknownSettingAnalyzer extends AbstractFailureAnalyzer<UnknownSetting> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownSetting cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), "Mend or remove it.", cause);
    }
}
