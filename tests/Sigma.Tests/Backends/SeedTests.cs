using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>
/// The specification that the project started from: one rule and its query in seven languages, byte for byte. Whatever else
/// changes, these do not.
/// </summary>
public sealed class SeedTests
{
    private const string Rule = """
        title: Remote PowerShell Sessions
        id: 13acf386-b8c6-4fe0-9a6e-c4756b974698
        description: Detects basic PowerShell Remoting by monitoring for network inbound connections to ports 5985 OR 5986
        status: experimental
        date: 2019/09/12
        author: Roberto Rodriguez @Cyb3rWard0g
        references:
            - https://github.com/Cyb3rWard0g/ThreatHunter-Playbook/tree/master/playbooks/windows/02_execution/T1086_powershell/powershell_remote_session.md
        tags:
            - attack.execution
            - attack.t1086
        logsource:
            product: windows
            service: security
        detection:
            selection: 
                EventID: 5156
                DestPort:
                    - 5985
                    - 5986
                LayerRTID: 44
            condition: selection
        falsepositives:
            - Legitimate use of remote PowerShell execution
        level: high

        """;

    private const string PowerShell =
        """Get-WinEvent -LogName Security | where {($_.ID -eq "5156" -and ($_.message -match "5985" -or $_.message -match "5986") -and $_.message -match "LayerRTID.*44") } | select TimeCreated,Id,RecordId,ProcessId,MachineName,Message""";

    private const string ElasticsearchQuery =
        """(winlog.channel:"Security" AND winlog.event_id:"5156" AND DestPort:("5985" OR "5986") AND LayerRTID:"44")""";

    private const string Watcher = """
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

    private const string Graylog =
        """(EventID:"5156" AND DestPort:("5985" "5986") AND LayerRTID:"44")""";

    private const string Splunk =
        """(source="WinEventLog:Security" EventCode="5156" (DestPort="5985" OR DestPort="5986") LayerRTID="44")""";

    private const string LogPoint =
        """(event_source="Microsoft-Windows-Security-Auditing" event_id="5156" DestPort IN ["5985", "5986"] LayerRTID="44")""";

    private const string Grep =
        """grep -P '^(?:.*(?=.*5156)(?=.*(?:.*5985|.*5986))(?=.*44))'""";

    [Theory]
    [InlineData("powershell", PowerShell)]
    [InlineData("es-qs", ElasticsearchQuery)]
    [InlineData("xpack-watcher", Watcher)]
    [InlineData("graylog", Graylog)]
    [InlineData("splunk", Splunk)]
    [InlineData("logpoint", LogPoint)]
    [InlineData("grep", Grep)]
    public void The_seeds_rule_becomes_the_seeds_query(string target, string query)
    {
        var source = SourceText.Decode("seed.yml", System.Text.Encoding.UTF8.GetBytes(Rule), out _);

        var conversion = new Compiler([Repository.Target(target)]).Convert(source).Should().ContainSingle().Subject;

        conversion.Status.Should().Be(ConversionStatus.Converted);
        conversion.Query.Should().Be(query);
    }
}
