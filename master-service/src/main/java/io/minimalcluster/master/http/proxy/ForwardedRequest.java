package io.minimalcluster.master.http.proxy;

import io.minimalcluster.master.http.Links;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A request as the caller of a trusted proxy sent it. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]{1,100}){1,10}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private final String address;
    private final String scheme;

    /** @param isTrusted whether an address is that of a trusted proxy */
    ForwardedRequest(HttpServletRequest request, Predicate<String> isTrusted) {
        super(request);
        this.address = address(request, isTrusted);
        String proto = last(request, "X-Forwarded-Proto");
        this.scheme = proto.equals("https") || proto.equals("http") ? proto : request.getScheme();
        String prefix = last(request, "X-Forwarded-Prefix").replaceFirst("/+$", "");
        if (PATH.matcher(prefix).matches()) {
            setAttribute(Links.PREFIX, prefix);
        }
    }

    /** The last address that is no trusted proxy. The addresses before it may be invented by the caller. */
    private static String address(HttpServletRequest request, Predicate<String> isTrusted) {
        String address = request.getRemoteAddr();
        for (String next : values(request, "X-Forwarded-For").reversed()) {
            if (!isTrusted.test(address) || !ADDRESS.matcher(next).matches()) {
                return address;
            }
            address = next;
        }
        return address;
    }

    private static String last(HttpServletRequest request, String header) {
        List<String> values = values(request, header);
        return values.isEmpty() ? "" : values.getLast();
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public boolean isSecure() {
        return scheme.equals("https");
    }
}
