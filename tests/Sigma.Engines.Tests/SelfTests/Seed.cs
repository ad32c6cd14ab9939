using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.SelfTests;

/// <summary>The queries of the project's own specification for which an engine is here, and events around its rule.</summary>
internal static class Seed
{
    public const string PowerShell =
        """Get-WinEvent -LogName Security | where {($_.ID -eq "5156" -and ($_.message -match "5985" -or $_.message -match "5986") -and $_.message -match "LayerRTID.*44") } | select TimeCreated,Id,RecordId,ProcessId,MachineName,Message""";

    public const string ElasticsearchQuery =
        """(winlog.channel:"Security" AND winlog.event_id:"5156" AND DestPort:("5985" OR "5986") AND LayerRTID:"44")""";

    public const string Graylog = """(EventID:"5156" AND DestPort:("5985" "5986") AND LayerRTID:"44")""";

    public const string Grep = "grep -P '^(?:.*(?=.*5156)(?=.*(?:.*5985|.*5986))(?=.*44))'";

    // Splunk's and LogPoint's engines run nowhere near a test; their queries stand in the seed's golden test.

    public const string Watcher = """
        curl -s -XPUT -H 'Content-Type: application/json' --data-binary @- localhost:9200/_watcher/watch/13acf386-b8c6-4fe0-9a6e-c4756b974698 <<EOF
        {
          "metadata": {
            "title": "Remote PowerShell Sessions",
            "description": "Detects basic PowerShell Remoting by monitoring for network inbound connections to ports 5985 OR 5986",
            "tags": [
              "attack.execution",
              "attack.t1086"
            ],
            "query": "(winlog.channel:\"Security\" AND winlog.event_id:\"5156\" AND DestPort:(\"5985\" OR \"5986\") AND LayerRTID:\"44\")"
          },
          "trigger": {
            "schedule": {
              "interval": "30m"
            }
          },
          "input": {
            "search": {
              "request": {
                "body": {
                  "size": 0,
                  "query": {
                    "bool": {
                      "must": [
                        {
                          "query_string": {
                            "query": "(winlog.channel:\"Security\" AND winlog.event_id:\"5156\" AND DestPort:(\"5985\" OR \"5986\") AND LayerRTID:\"44\")",
                            "analyze_wildcard": true
                          }
                        }
                      ],
                      "filter": {
                        "range": {
                          "timestamp": {
                            "gte": "now-30m/m"
                          }
                        }
                      }
                    }
                  }
                },
                "indices": [
                  "winlogbeat-*"
                ]
              }
            }
          },
          "condition": {
            "compare": {
              "ctx.payload.hits.total": {
                "not_eq": 0
              }
            }
          },
          "actions": {
            "send_email": {
              "email": {
                "to": "root@localhost",
                "subject": "Sigma Rule 'Remote PowerShell Sessions'",
                "body": "Hits:\n{{#ctx.payload.hits.hits}}{{_source}}\n================================================================================\n{{/ctx.payload.hits.hits}}",
                "attachments": {
                  "data.json": {
                    "data": {
                      "format": "json"
                    }
                  }
                }
              }
            }
          }
        }
        EOF

        """;

    /// <summary>The rule matches records 1 and 2; each of the others lacks one of its conditions.</summary>
    public static readonly IReadOnlyList<EngineEvent> Events =
    [
        EngineEvent.Of(1, "Security", 5156, ("DestPort", "5985"), ("LayerRTID", "44")),
        EngineEvent.Of(2, "Security", 5156, ("DestPort", "5986"), ("LayerRTID", "44")),
        EngineEvent.Of(3, "Security", 5156, ("DestPort", "443"), ("LayerRTID", "44")),
        EngineEvent.Of(4, "Security", 5156, ("DestPort", "5985"), ("LayerRTID", "40")),
        EngineEvent.Of(5, "Security", 4624, ("DestPort", "5985"), ("LayerRTID", "44")),
    ];

    public static readonly IReadOnlyList<long> Expected = [1, 2];
}
