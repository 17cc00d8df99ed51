@NullMarked
package io.minimalcluster.client.demo;

import org.jspecify.annotations.NullMarked;
