package dev.ibex.savedmodel.hdf5;

import dev.ibex.ModelFormatException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A group of a file that is open. */
public final class Hdf5Group extends Hdf5Node {
  private final Map<String, Hdf5Node> nodes = new HashMap<>();
  private @Nullable Map<String, Link> links;

  Hdf5Group(NodeCore core) {
    super(core);
  }

  /**
   * Returns the members, sorted by name.
   *
   * @throws ModelFormatException if one is a link to another place, or damaged
   */
  public Map<String, Hdf5Node> children() {
    SortedMap<String, Hdf5Node> children = new TreeMap<>();
    links().values().forEach(link -> children.put(link.name(), child(link)));
    return Collections.unmodifiableMap(children);
  }

  /**
   * Returns what lies at a path such as {@code layers/dense}; the group itself at an empty one.
   *
   * @throws ModelFormatException if something on the way is a link to another place, or damaged
   */
  public Optional<Hdf5Node> find(String relativePath) {
    Hdf5Node node = this;
    for (String name : relativePath.isEmpty() ? new String[0] : relativePath.split("/", -1)) {
      Link link = node instanceof Hdf5Group group ? group.links().get(name) : null;
      if (link == null) {
        return Optional.empty();
      }
      node = ((Hdf5Group) node).child(link);
    }
    return Optional.of(node);
  }

  /**
   * Returns the group that lies at a path; empty if nothing or a dataset lies there.
   *
   * @throws ModelFormatException if something on the way is a link to another place, or damaged
   */
  public Optional<Hdf5Group> group(String relativePath) {
    return find(relativePath).filter(Hdf5Group.class::isInstance).map(Hdf5Group.class::cast);
  }

  /**
   * Returns the dataset that lies at a path; empty if nothing or a group lies there.
   *
   * @throws ModelFormatException if something on the way is a link to another place, or damaged
   */
  public Optional<Hdf5Dataset> dataset(String relativePath) {
    return find(relativePath).filter(Hdf5Dataset.class::isInstance).map(Hdf5Dataset.class::cast);
  }

  private Map<String, Link> links() {
    Map<String, Link> known = links;
    if (known == null) {
      known = core().reading(() -> Links.read(core().file().source(), core().header()));
      links = known;
    }
    return known;
  }

  private Hdf5Node child(Link link) {
    Hdf5Node known = nodes.get(link.name());
    if (known == null) {
      String path = (path().isEmpty() ? "" : path() + "/") + link.name();
      known = core().file().reading(path, () -> core().file().node(path, link.address()));
      nodes.put(link.name(), known);
    }
    return known;
  }
}
