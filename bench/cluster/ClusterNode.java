import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.th.ThaiTokenizer;
import org.opensearch.Version;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.env.Environment;
import org.opensearch.index.analysis.AnalyzerProvider;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.index.analysis.PreBuiltAnalyzerProviderFactory;
import org.opensearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * An OpenSearch node without the distribution around it: {@code ClusterNode HOME}.
 *
 * <p>It reads {@code HOME/config/opensearch.yml}, takes its modules from the class path, may run as root, and ends
 * when its standard input does, that is, when all who hold the other end of the pipe are gone, however they went.
 */
public final class ClusterNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
        Netty4ModulePlugin.class,
        Analysis.class,
        Recorder.class,
        PainlessModulePlugin.class,
        ReindexModulePlugin.class
    );

    /** Runtimes with few languages, as jlink makes them, have no dictionary for Thai; each index would fail for it. */
    public static final class Analysis extends CommonAnalysisModulePlugin {
        @Override
        public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
            var analyzers = new HashMap<>(super.getAnalyzers());
            if (!ThaiTokenizer.DBBI_AVAILABLE) {
                analyzers.remove("thai");
            }
            return analyzers;
        }

        @Override
        public List<PreBuiltAnalyzerProviderFactory> getPreBuiltAnalyzerProviderFactories() {
            var factories = new ArrayList<>(super.getPreBuiltAnalyzerProviderFactories());
            factories.removeIf(factory -> !ThaiTokenizer.DBBI_AVAILABLE && factory.getName().equals("thai"));
            return factories;
        }
    }

    /**
     * Writes what is done for those who ask, where the property {@code cluster.actions} names a file for it: a line
     * for each action, with the indexes it names. Each is what a role of the security plugin allows or not.
     */
    public static final class Recorder extends Plugin implements ActionPlugin {
        @Override
        public List<ActionFilter> getActionFilters() {
            String file = System.getProperty("cluster.actions");
            return file == null ? List.of() : List.of(new Recording(Path.of(file)));
        }
    }

    private static final class Recording extends ActionFilter.Simple {
        private final Path file;

        private Recording(Path file) {
            this.file = file;
        }

        @Override
        public int order() {
            return Integer.MIN_VALUE;
        }

        @Override
        protected synchronized boolean apply(String action, ActionRequest request, ActionListener<?> listener) {
            String[] indexes = request instanceof IndicesRequest named ? named.indices() : null;
            String line = action + "\t" + (indexes == null ? "" : String.join(",", indexes)) + "\n";
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return true;
        }
    }

    private ClusterNode(Environment environment) {
        super(environment, modules(), false);
    }

    private static Collection<PluginInfo> modules() {
        return MODULES.stream().map(Class::getName).map(ClusterNode::module).collect(Collectors.toList());
    }

    private static PluginInfo module(String name) {
        String java = String.valueOf(Runtime.version().feature());
        return new PluginInfo(name, "module", Version.CURRENT.toString(), Version.CURRENT, java, name, null, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Settings path = Settings.builder().put(Environment.PATH_HOME_SETTING.getKey(), home.toString()).build();
        ClusterNode node = new ClusterNode(
            InternalSettingsPreparer.prepareEnvironment(path, Map.of(), home.resolve("config"), () -> "node")
        );
        int status = 0;
        try {
            node.start();
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        } catch (Exception failed) {
            failed.printStackTrace();
            status = 1;
        }
        node.close();
        System.exit(status);
    }
}
