/** Requests that come through reverse proxies: whose headers count, and what they say of the client. */
@NullMarked
package io.minimalcluster.master.http.proxy;

import org.jspecify.annotations.NullMarked;
