using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Eql;
using Sigma.Engines.Tests.Engines.Esql;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>The types of fields in which EQL is tried: those of the Elastic Common Schema, and those of the fields that random rules have.</summary>
internal static class EqlTypes
{
    public const string Numbers = "*.port,*.pid,*.bytes,*.packets,*.size,*.exit_code,*.status_code,event.sequence,event.severity,process.thread.id,n";
    public const string Others = "*.ip,*_ip,id.orig_h,id.resp_h,*.exists,*.signed,*.trusted,*.valid,ip";

    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events) =>
        EqlEngine.Search(query, events, name => name switch { "n" => EsqlType.Number, "ip" => EsqlType.Ip, _ => EqlEngine.TypeOf(name) });

    /// <summary>Fields that are compared as they are written, or whose type has one way to write a value.</summary>
    public static bool KeepsCase(string field) =>
        field is "event.category" or "event.code" or "event.dataset" or "event.kind" or "event.module" or "event.type" or "winlog.channel"
        || EsqlEngine.TypeOf(field) is EsqlType.Boolean;
}
