@NullMarked
package io.minimalcluster.master.security.session;

import org.jspecify.annotations.NullMarked;
