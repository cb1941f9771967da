package dev.ibex.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/** The devices of this process, and names for them. Thread-safe. */
public final class Devices {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:/job:(\\w+))?(?:/replica:(\\d+))?(?:/task:(\\d+))?/?(?:device:)?(\\w+):(\\d+)");

  private Devices() {}

  /** The devices, listed once: making the list starts the device drivers. */
  private static final class Listed {
    static final List<String> NAMES = list();
  }

  /**
   * Returns the full names of the devices of this process, such as {@code
   * /job:localhost/replica:0/task:0/device:CPU:0}.
   */
  public static List<String> available() {
    return Listed.NAMES;
  }

  private static List<String> list() {
    try (TF_Graph graph = TF_Graph.newGraph();
        TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
        TF_Status status = TF_Status.newStatus()) {
      TF_Session session = TF_NewSession(graph, options, status);
      status.throwExceptionIfNotOK();
      try {
        return names(session, status);
      } finally {
        TF_CloseSession(session, status);
        TF_DeleteSession(session, status);
      }
    }
  }

  private static List<String> names(TF_Session session, TF_Status status) {
    TF_DeviceList devices = TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < TF_DeviceListCount(devices); i++) {
        names.add(TF_DeviceListName(devices, i, status).getString());
        status.throwExceptionIfNotOK();
      }
      return List.copyOf(names);
    } finally {
      TF_DeleteDeviceList(devices);
    }
  }

  /**
   * Returns the specification of a device of this process.
   *
   * @param name a TensorFlow device string, short ({@code GPU:0}, {@code /GPU:0}) or full
   * @throws IllegalArgumentException if the string is not a device's, or there is no such device;
   *     the text lists those there are
   */
  public static DeviceSpec find(String name) {
    Matcher m = NAME.matcher(name.trim());
    if (!m.matches() || available().stream().noneMatch(d -> isNamed(d, m))) {
      throw new IllegalArgumentException(
          "device: there is no \""
              + name
              + "\" here; the devices of this process are "
              + String.join(", ", available()));
    }
    return DeviceSpec.newBuilder()
        .deviceType(DeviceSpec.DeviceType.valueOf(m.group(4).toUpperCase(Locale.ROOT)))
        .deviceIndex(Integer.valueOf(m.group(5)))
        .build();
  }

  /** Whether all parts that a name gives are those of a device's full name. */
  private static boolean isNamed(String device, Matcher name) {
    Matcher d = NAME.matcher(device);
    if (!d.matches()) {
      return false;
    }
    for (int part = 1; part <= d.groupCount(); part++) {
      if (name.group(part) != null && !name.group(part).equalsIgnoreCase(d.group(part))) {
        return false;
      }
    }
    return true;
  }
}
