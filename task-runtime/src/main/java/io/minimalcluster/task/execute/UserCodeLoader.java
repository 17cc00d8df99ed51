package io.minimalcluster.task.execute;

import io.minimalcluster.task.process.LocalHostResolver;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The class loader of user code. It sees the classes of the platform, and of this program the resolver of host names
 * only: the JDK seeks it by the context class loader of the thread that first looks up a name.
 */
final class UserCodeLoader extends URLClassLoader {
    private static final String SERVICE = "META-INF/services/java.net.spi.InetAddressResolverProvider";
    private static final String RESOLVER = "io.minimalcluster.task.process.LocalHostResolver";

    static {
        registerAsParallelCapable();
    }

    UserCodeLoader(URL[] path) {
        super(path, getPlatformClassLoader());
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        Enumeration<URL> own = super.findResources(name);
        URL resolver = name.equals(SERVICE) ? UserCodeLoader.class.getResource("/" + SERVICE) : null;
        if (resolver == null) {
            return own;
        }
        List<URL> all = new ArrayList<>(Collections.list(own)); // first, so that a resolver of user code is preferred
        all.add(resolver);
        return Collections.enumeration(all);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            return super.findClass(name);
        } catch (ClassNotFoundException e) {
            if (name.equals(RESOLVER)) {
                return LocalHostResolver.class;
            }
            throw e;
        }
    }
}
