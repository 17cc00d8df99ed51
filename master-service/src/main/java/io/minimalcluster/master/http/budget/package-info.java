/**
 * Budgets of callers: the memory of responses, and the number and rate of requests. A response holds no memory of its
 * handler while its client is slow: handlers write into a buffer of bounded memory, which is sent when the handler
 * holds nothing else.
 */
@NullMarked
package io.minimalcluster.master.http.budget;

import org.jspecify.annotations.NullMarked;
